/* A page as an LMS may have it: what is around the component is made up. */
import { Visitor, make } from "./page.js";

const TEXTS = {
  en: {
    title: "Home – Lumi Campus",
    menu: "Main menu",
    home: "Home",
    hello: "Welcome back",
    hello_more: "An example of an LMS: all but the suggestions is made up.",
    running: "Continue where you left off",
    course_1: "Data protection in daily work",
    course_1_more: "Module 3 of 5",
    course_2: "Clear writing",
    course_2_more: "Module 1 of 4",
    coming: "Coming up",
    date_1: "First aid, in practice",
    date_1_more: "13:00, room Kallio",
    date_2: "Ask the IT desk",
    date_2_more: "9:30, online",
  },
  fi: {
    title: "Etusivu – Lumi Campus",
    menu: "Päävalikko",
    home: "Etusivu",
    hello: "Tervetuloa takaisin",
    hello_more: "Esimerkki oppimisympäristöstä: kaikki muu kuin ehdotukset on keksittyä.",
    running: "Jatka siitä, mihin jäit",
    course_1: "Tietosuoja arjen työssä",
    course_1_more: "Osa 3/5",
    course_2: "Selkeä kirjoittaminen",
    course_2_more: "Osa 1/4",
    coming: "Tulossa",
    date_1: "Ensiapu käytännössä",
    date_1_more: "klo 13.00, huone Kallio",
    date_2: "Kysy IT-tuelta",
    date_2_more: "klo 9.30, verkossa",
  },
  sv: {
    title: "Start – Lumi Campus",
    menu: "Huvudmeny",
    home: "Start",
    hello: "Välkommen tillbaka",
    hello_more: "Ett exempel på en lärplattform: allt utom förslagen är påhittat.",
    running: "Fortsätt där du var",
    course_1: "Dataskydd i vardagen",
    course_1_more: "Del 3 av 5",
    course_2: "Skriv klart och tydligt",
    course_2_more: "Del 1 av 4",
    coming: "På gång",
    date_1: "Första hjälpen i praktiken",
    date_1_more: "kl. 13.00, rum Kallio",
    date_2: "Fråga IT-stödet",
    date_2_more: "kl. 9.30, på nätet",
  },
};

const suggestions = document.querySelector("hrreco-suggestions");
const visitor = new Visitor(TEXTS, show);

function show() {
  document.querySelector("#signed-in").hidden = false;
  document.querySelector("#avatar").textContent = visitor.employee.slice(-2);
  document.querySelector("#dates").replaceChildren(...[[2, "date_1"], [5, "date_2"]].map(date));
  const { theme } = document.documentElement.dataset;
  if (theme) suggestions.setAttribute("theme", theme);
  suggestions.setAttribute("lang", visitor.lang);
  suggestions.setAttribute("employee", visitor.employee);
  suggestions.token = visitor.token;
}

function date([days, key]) {
  const day = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const month = make("span", {}, visitor.day(day, { month: "short" }));
  const what = make("div", {}, make("strong", {}, visitor.say(key)), make("p", { class: "meta" }, visitor.say(`${key}_more`)));
  return make("li", {}, make("time", { datetime: day }, String(Number(day.slice(8))), month), what);
}

// An LMS fetches a new token from its own server here. This page has none, and asks the visitor.
suggestions.addEventListener("hrreco-token-needed", ({ detail }) => {
  if (detail.expired) visitor.signOut();
});

document.querySelector("#me").addEventListener("click", (event) => {
  if (!visitor.token) return;
  event.preventDefault();
  location.assign(visitor.to("/me"));
});

visitor.arrive();
