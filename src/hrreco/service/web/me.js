/* What is known of an employee, what it is for, and the switches: for themself alone. */
import { Visitor, make } from "./page.js";

const TEXTS = {
  en: {
    title: "My data",
    heading: "What is known of you, and what it is for",
    heading_more: "Of you, suggestions use what is on this page, and nothing else. It is shown to you alone.",
    choices: "Your choices",
    choices_more: "Whatever you choose, you lose no training. No manager and no report is told who has chosen what.",
    profiling: "Suggestions from my own history",
    profiling_on: "What you have completed, your skills and what you like shape what is suggested and planned for you.",
    profiling_off: "Only your role shapes what is suggested to you, as with somebody new.",
    training: "Learning from my history",
    training_on: "What you have completed is part of what the model learns from, without your id. It helps others in roles like yours.",
    training_off: "The model is made without you from its next training on. Your own suggestions do not change by it.",
    group_reports: "Counts in reports",
    group_reports_on: "You count in figures about whole groups, which are never about fewer than five people.",
    group_reports_off: "You count in no figure.",
    about: "What is known of you",
    about_more: "It comes from your employer's HR system and LMS. What is wrong is put right there: ask HR.",
    role: "Role",
    department: "Department",
    location: "Location",
    grade: "Grade",
    spoken: "Language",
    hours_per_month: "Hours for learning in a month",
    started_on: "Started on",
    left_on: "Left on",
    preferred_formats: "Formats you like",
    preferred_times: "Times you like",
    online: "online",
    classroom: "classroom",
    blended: "online and classroom",
    "self-study": "self-study",
    morning: "morning",
    afternoon: "afternoon",
    evening: "evening",
    skills: "Skills",
    no_skills: "None is known.",
    declared: "As you named them, with their level",
    assessed: "As assessed, with their level",
    inferred: "From courses that you completed, with their level",
    history: "What you have done with courses",
    no_history: "Nothing yet.",
    course: "Course",
    what: "What",
    when: "When",
    more: "Show all",
    completed: "Completed",
    passed: "Passed",
    started: "Begun",
    enrolled: "Enrolled",
    rated: "Rated",
    failed: "Not passed",
    waived: "Need not be taken",
    dropped: "Left off",
    dismissed: "Put aside",
    not_relevant: "Found not relevant",
    already_known: "Known already",
    wrong_level: "Found of the wrong level",
    how: "How suggestions come about",
    by_model: "Mandatory training comes first, as your employer has laid down. Then a model compares courses: which are often taken one after the other, in which roles. It knows courses and roles, and nobody's name. Each suggestion says what speaks for it.",
    by_rules: "Mandatory training comes first, as your employer has laid down. Then what people in your role often take. No learned model is used here, as none was better than these rules.",
    how_never: "Pay, performance, health, origin and union membership are never read. Nobody is ranked or scored, and no training is closed to you by it.",
    how_who: "You see your suggestions and their reasons. Your manager does not.",
    yours: "It is yours",
    yours_more: "Take along all that is held about you, with every answer that you were given. To have it erased, ask HR: you get a certificate, and the model forgets what it learned from you.",
    export: "Download everything",
    exporting: "Gathering…",
    saved: "Saved. It holds from now on.",
    not_saved: "That was not saved. Try again.",
    refused: "This page is for employees, and shows each only what is about themself.",
    gone: "The service cannot be reached right now. It is tried again by itself.",
    on: "On",
    off: "Off",
  },
  fi: {
    title: "Omat tiedot",
    heading: "Mitä sinusta tiedetään ja mihin sitä käytetään",
    heading_more: "Ehdotuksiin käytetään sinusta vain tällä sivulla olevia tietoja. Sivu näytetään vain sinulle.",
    choices: "Omat valintasi",
    choices_more: "Valitsitpa mitä tahansa, et menetä mitään koulutusta. Esihenkilö ei näe eikä mikään raportti kerro, kuka on valinnut mitä.",
    profiling: "Ehdotuksia oman historiani perusteella",
    profiling_on: "Suorittamasi kurssit, osaamisesi ja mieltymyksesi vaikuttavat siihen, mitä sinulle ehdotetaan ja suunnitellaan.",
    profiling_off: "Vain tehtäväsi vaikuttaa siihen, mitä sinulle ehdotetaan, kuten uudella työntekijällä.",
    training: "Historiastani oppiminen",
    training_on: "Suorittamasi kurssit ovat mukana, kun malli oppii, ilman tunnustasi. Siitä on apua muille samanlaisissa tehtävissä.",
    training_off: "Malli tehdään ilman sinua seuraavasta opetuksesta alkaen. Omat ehdotuksesi eivät siitä muutu.",
    group_reports: "Mukana raporttien luvuissa",
    group_reports_on: "Olet mukana luvuissa, jotka koskevat ryhmiä eivätkä koskaan alle viittä ihmistä.",
    group_reports_off: "Et ole mukana missään luvussa.",
    about: "Mitä sinusta tiedetään",
    about_more: "Tiedot tulevat työnantajasi henkilöstö- ja oppimisjärjestelmästä. Virheet korjataan siellä: kysy henkilöstöhallinnosta.",
    role: "Tehtävä",
    department: "Osasto",
    location: "Toimipaikka",
    grade: "Vaativuustaso",
    spoken: "Kieli",
    hours_per_month: "Tunteja oppimiseen kuukaudessa",
    started_on: "Aloittanut",
    left_on: "Lähtenyt",
    preferred_formats: "Mieluisat toteutustavat",
    preferred_times: "Mieluisat ajat",
    online: "verkossa",
    classroom: "lähiopetuksena",
    blended: "verkossa ja lähiopetuksena",
    "self-study": "itseopiskeluna",
    morning: "aamupäivä",
    afternoon: "iltapäivä",
    evening: "ilta",
    skills: "Osaaminen",
    no_skills: "Osaamisestasi ei ole tietoja.",
    declared: "Itse ilmoitetut ja niiden taso",
    assessed: "Arvioidut ja niiden taso",
    inferred: "Suorittamistasi kursseista ja niiden taso",
    history: "Mitä olet tehnyt kurssien kanssa",
    no_history: "Ei vielä mitään.",
    course: "Kurssi",
    what: "Mitä",
    when: "Milloin",
    more: "Näytä kaikki",
    completed: "Suoritettu",
    passed: "Läpäisty",
    started: "Aloitettu",
    enrolled: "Ilmoittauduttu",
    rated: "Arvioitu",
    failed: "Ei läpäisty",
    waived: "Ei tarvitse suorittaa",
    dropped: "Jätetty kesken",
    dismissed: "Siirretty syrjään",
    not_relevant: "Ei liittynyt työhön",
    already_known: "Osattu jo",
    wrong_level: "Väärä taso",
    how: "Miten ehdotukset syntyvät",
    by_model: "Ensin tulevat pakolliset koulutukset, kuten työnantajasi on määrännyt. Sitten malli vertaa kursseja: mitä suoritetaan usein peräkkäin ja missä tehtävissä. Se tuntee kurssit ja tehtävät, ei kenenkään nimeä. Jokainen ehdotus kertoo, mikä puhuu sen puolesta.",
    by_rules: "Ensin tulevat pakolliset koulutukset, kuten työnantajasi on määrännyt. Sitten se, mitä tehtävässäsi usein suoritetaan. Opittua mallia ei käytetä, koska mikään ei ollut näitä sääntöjä parempi.",
    how_never: "Palkkaa, työsuorituksia, terveyttä, alkuperää tai ammattiliiton jäsenyyttä ei koskaan lueta. Ketään ei aseteta järjestykseen eikä pisteytetä, eikä mikään koulutus sulkeudu sinulta.",
    how_who: "Sinä näet ehdotuksesi ja niiden perusteet. Esihenkilösi ei näe.",
    yours: "Tiedot ovat sinun",
    yours_more: "Lataa kaikki, mitä sinusta on tallennettu, ja jokainen saamasi vastaus. Jos haluat tiedot poistettaviksi, kysy henkilöstöhallinnosta: saat todistuksen, ja malli unohtaa, mitä se oppi sinusta.",
    export: "Lataa kaikki",
    exporting: "Kootaan…",
    saved: "Tallennettu. Se on voimassa nyt.",
    not_saved: "Tallennus ei onnistunut. Yritä uudelleen.",
    refused: "Tämä sivu on työntekijöille ja näyttää kullekin vain omat tiedot.",
    gone: "Palveluun ei juuri nyt saada yhteyttä. Yritetään itsestään uudelleen.",
    on: "Käytössä",
    off: "Pois käytöstä",
  },
  sv: {
    title: "Mina uppgifter",
    heading: "Vad som är känt om dig, och vad det används till",
    heading_more: "Om dig använder förslagen det som står på denna sida, och inget annat. Den visas bara för dig.",
    choices: "Dina val",
    choices_more: "Vad du än väljer går du inte miste om någon utbildning. Ingen chef och ingen rapport får veta vem som har valt vad.",
    profiling: "Förslag utifrån min egen historik",
    profiling_on: "Det du har gått, din kompetens och det du gillar påverkar vad som föreslås och planeras för dig.",
    profiling_off: "Bara din roll påverkar vad du får förslag om, som för en nyanställd.",
    training: "Lärande av min historik",
    training_on: "Det du har gått är med i det som modellen lär sig av, utan ditt id. Det hjälper andra i liknande roller.",
    training_off: "Modellen görs utan dig från och med nästa träning. Dina egna förslag ändras inte av det.",
    group_reports: "Med i rapporternas siffror",
    group_reports_on: "Du räknas med i siffror om hela grupper, som aldrig gäller färre än fem personer.",
    group_reports_off: "Du räknas inte med i någon siffra.",
    about: "Vad som är känt om dig",
    about_more: "Det kommer från din arbetsgivares HR-system och lärplattform. Fel rättas där: fråga HR.",
    role: "Roll",
    department: "Avdelning",
    location: "Arbetsplats",
    grade: "Kravnivå",
    spoken: "Språk",
    hours_per_month: "Timmar för lärande i månaden",
    started_on: "Började",
    left_on: "Slutade",
    preferred_formats: "Former du gillar",
    preferred_times: "Tider du gillar",
    online: "på nätet",
    classroom: "i klassrum",
    blended: "på nätet och i klassrum",
    "self-study": "självstudier",
    morning: "förmiddag",
    afternoon: "eftermiddag",
    evening: "kväll",
    skills: "Kompetens",
    no_skills: "Ingen är känd.",
    declared: "Uppgivna av dig, med nivå",
    assessed: "Bedömda, med nivå",
    inferred: "Från kurser du har gått, med nivå",
    history: "Vad du har gjort med kurser",
    no_history: "Inget ännu.",
    course: "Kurs",
    what: "Vad",
    when: "När",
    more: "Visa allt",
    completed: "Genomgången",
    passed: "Godkänd",
    started: "Påbörjad",
    enrolled: "Anmäld",
    rated: "Betygsatt",
    failed: "Underkänd",
    waived: "Behöver inte gås",
    dropped: "Avbruten",
    dismissed: "Lagd åt sidan",
    not_relevant: "Rörde inte arbetet",
    already_known: "Kunde redan",
    wrong_level: "Fel nivå",
    how: "Hur förslagen blir till",
    by_model: "Först kommer obligatorisk utbildning, som din arbetsgivare har bestämt. Sedan jämför en modell kurser: vilka som ofta gås efter varandra, och i vilka roller. Den känner kurser och roller, och ingens namn. Varje förslag säger vad som talar för det.",
    by_rules: "Först kommer obligatorisk utbildning, som din arbetsgivare har bestämt. Sedan det som ofta gås i din roll. Ingen inlärd modell används, eftersom ingen var bättre än dessa regler.",
    how_never: "Lön, prestation, hälsa, ursprung och fackligt medlemskap läses aldrig. Ingen rangordnas eller poängsätts, och ingen utbildning stängs för dig.",
    how_who: "Du ser dina förslag och skälen till dem. Det gör inte din chef.",
    yours: "Det är ditt",
    yours_more: "Ta med dig allt som finns om dig, med varje svar du har fått. Vill du få det raderat, fråga HR: du får ett intyg, och modellen glömmer vad den lärde sig av dig.",
    export: "Ladda ner allt",
    exporting: "Samlas…",
    saved: "Sparat. Det gäller från nu.",
    not_saved: "Det sparades inte. Försök igen.",
    refused: "Denna sida är för anställda, och visar var och en bara det egna.",
    gone: "Tjänsten kan inte nås just nu. Nya försök görs av sig själva.",
    on: "På",
    off: "Av",
  },
};

const PURPOSES = ["profiling", "training", "group_reports"];
const SHOWN_AT_FIRST = 8;
const WAIT = 5_000; // milliseconds until the service is asked again

const of = (id) => document.querySelector(`#${id}`);
const visitor = new Visitor(TEXTS, load);
let profile = null;
let all = false;

class Failed extends Error {}

async function ask(method, rest) {
  const address = `/v1/employees/${encodeURIComponent(visitor.employee)}/${rest}`;
  const headers = { Authorization: `Bearer ${visitor.token}` };
  let answer = null;
  try {
    answer = await fetch(address, { method, headers, credentials: "omit", cache: "no-store" });
  } catch {
    throw new Failed("gone");
  }
  if (answer.status === 401) {
    of("signed-in").hidden = true;
    visitor.signOut();
    throw new Failed("");
  }
  if (!answer.ok) throw new Failed(answer.status === 403 || answer.status === 404 ? "refused" : "gone");
  return answer;
}

function say(key) {
  of("status").hidden = !key;
  of("status").textContent = key ? visitor.say(key) : "";
}

async function load() {
  try {
    profile = await (await ask("GET", "profile")).json();
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    say(error.message);
    if (error.message === "gone") setTimeout(load, WAIT);
    return;
  }
  say("");
  of("signed-in").hidden = false;
  show();
}

function show() {
  const { language, ...rest } = profile;
  const known = { ...rest, spoken: language };
  of("facts").replaceChildren(...["role", "department", "location", "grade", "spoken", "hours_per_month",
    "started_on", "left_on", "preferred_formats", "preferred_times"]
    .map((name) => [name, worded(name, known[name])])
    .filter(([, value]) => value)
    .map(([name, value]) => make("div", {}, make("dt", {}, visitor.say(name)), make("dd", {}, value))));
  of("skills").replaceChildren(...(profile.skills.length ? skills() : [visitor.say("no_skills")]));
  showHistory();
  of("served-by").textContent = visitor.say(`by_${profile.served_by.kind}`);
  of("purposes").replaceChildren(...PURPOSES.map(choice));
}

function worded(name, value) {
  if (value === null || value.length === 0) return "";
  if (name.endsWith("_on")) return visitor.day(value);
  if (name === "spoken") return new Intl.DisplayNames(visitor.lang, { type: "language" }).of(value);
  if (typeof value === "number") return new Intl.NumberFormat(visitor.lang).format(value);
  if (!Array.isArray(value)) return value;
  return value.map((one) => (visitor.has(one) ? visitor.say(one) : one)).join(", ");
}

/** Return the skills of each source under its name, as most have the same one. */
function skills() {
  const sources = [...new Set(profile.skills.map(({ source }) => source))];
  return sources.map((source) => {
    const named = profile.skills.filter((one) => one.source === source)
      .map(({ skill, level }) => make("li", {}, level === null ? skill : `${skill} · ${level}`));
    return make("div", {}, make("p", { class: "meta" }, visitor.say(source)), make("ul", { class: "tags" }, ...named));
  });
}

function showHistory() {
  const shown = all ? profile.history : profile.history.slice(0, SHOWN_AT_FIRST);
  const rows = shown.map(({ course_id, title, kind, on }) => make("tr", {},
    make("td", {}, title ?? course_id),
    make("td", {}, visitor.has(kind) ? visitor.say(kind) : kind),
    make("td", { class: "day" }, visitor.day(on))));
  const none = make("tr", {}, make("td", { colspan: "3" }, visitor.say("no_history")));
  of("history").replaceChildren(...(rows.length ? rows : [none]));
  of("more").hidden = shown.length === profile.history.length;
}

function choice(purpose) {
  const on = !profile.opted_out.includes(purpose);
  const button = make("button", {
    id: purpose, type: "button", class: "switch", role: "switch", "aria-checked": String(on),
    "aria-labelledby": `${purpose}-name`, "aria-describedby": `${purpose}-more`,
  });
  button.addEventListener("click", () => change(purpose, on));
  const words = make("div", {},
    make("strong", { id: `${purpose}-name` }, visitor.say(purpose)),
    make("p", { class: "meta", id: `${purpose}-more` },
      `${visitor.say(on ? "on" : "off")}. ${visitor.say(`${purpose}_${on ? "on" : "off"}`)}`));
  return make("div", { class: "choice" }, button, words);
}

async function change(purpose, on) {
  try {
    const answer = await ask(on ? "PUT" : "DELETE", `opt-outs/${purpose}`);
    profile.opted_out = (await answer.json()).opted_out;
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    if (error.message) say("not_saved");
    return;
  }
  of(purpose).closest(".choice").replaceWith(choice(purpose));
  of(purpose).focus();
  say("saved");
}

of("more").addEventListener("click", () => {
  all = true;
  showHistory();
  of("history-title").setAttribute("tabindex", "-1");
  of("history-title").focus();
});

of("export").addEventListener("click", async () => {
  of("export").disabled = true;
  say("exporting");
  try {
    const file = URL.createObjectURL(await (await ask("GET", "export")).blob());
    make("a", { href: file, download: `my-data-${visitor.employee}.json` }).click();
    URL.revokeObjectURL(file);
    say("");
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    say(error.message);
  } finally {
    of("export").disabled = false;
  }
});

visitor.arrive();
