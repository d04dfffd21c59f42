/*
 * What the service's own pages have in common: who is signed in, and in which language they read.
 *
 * A token comes in the fragment of the address, which no server is sent, or is pasted. It is held
 * in memory, and is gone with the page.
 */

const SHARED = {
  en: {
    language: "Language",
    skip: "Skip to the content",
    sign_in: "Sign in",
    sign_in_more: "Paste the token of an employee. To try it out, make one with: hrreco token ID --role employee",
    employee: "Employee id",
    token: "Token",
    expired: "This token is over, or is none of this service. Paste a new one.",
    my_data: "My data",
  },
  fi: {
    language: "Kieli",
    skip: "Siirry sisältöön",
    sign_in: "Kirjaudu sisään",
    sign_in_more: "Liitä työntekijän tunniste. Kokeilua varten sen saa komennolla: hrreco token ID --role employee",
    employee: "Työntekijän tunnus",
    token: "Tunniste",
    expired: "Tunniste on vanhentunut tai väärä. Liitä uusi.",
    my_data: "Omat tiedot",
  },
  sv: {
    language: "Språk",
    skip: "Gå till innehållet",
    sign_in: "Logga in",
    sign_in_more: "Klistra in en anställds token. För att prova, gör en med: hrreco token ID --role employee",
    employee: "Den anställdas id",
    token: "Token",
    expired: "Denna token är slut, eller inte för denna tjänst. Klistra in en ny.",
    my_data: "Mina uppgifter",
  },
};

export const LANGUAGES = Object.keys(SHARED);

export function make(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** Who looks at a page: `employee` and `token`, as they were handed over. */
export class Visitor {
  employee = "";
  token = "";
  #texts;
  #form = document.querySelector("#sign-in");
  #changed;

  /** Call `changed` whenever somebody signs in, or reads in another language. */
  constructor(texts, changed) {
    this.#texts = texts;
    this.#changed = changed;
    const chosen = document.querySelector("#language");
    chosen.addEventListener("change", () => this.#speak(chosen.value));
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#enter(this.#form.elements.employee.value.trim(), this.#form.elements.token.value.trim());
    });
    addEventListener("hashchange", () => this.arrive());
    const spoken = navigator.language.split("-")[0];
    this.#speak(LANGUAGES.includes(spoken) ? spoken : "en", false);
  }

  get lang() {
    return document.documentElement.lang;
  }

  say(key) {
    return this.#texts[this.lang][key] ?? SHARED[this.lang][key];
  }

  has(key) {
    return key in this.#texts[this.lang];
  }

  day(text, options = { dateStyle: "medium" }) {
    return new Intl.DateTimeFormat(this.lang, { timeZone: "UTC", ...options }).format(new Date(text));
  }

  /** Ask for another token: this one is believed no more. */
  signOut() {
    this.token = "";
    this.#showForm(true);
  }

  /** Return the address of another page of the service that is handed the same token. */
  to(path) {
    return `${path}#${new URLSearchParams({ employee: this.employee, token: this.token, lang: this.lang })}`;
  }

  /** Take what the address hands over, and take it out of the address at once. */
  arrive() {
    const handed = new URLSearchParams(location.hash.slice(1));
    if (!handed.has("token") && !handed.has("lang") && !handed.has("theme")) {
      if (!this.token) this.#showForm(false);
      return;
    }
    history.replaceState(null, "", location.pathname + location.search);
    if (handed.has("theme")) document.documentElement.dataset.theme = handed.get("theme");
    if (LANGUAGES.includes(handed.get("lang"))) this.#speak(handed.get("lang"), false);
    this.#enter(handed.get("employee") ?? this.employee, handed.get("token") ?? this.token);
  }

  #enter(employee, token) {
    this.employee = employee;
    this.token = token;
    const isIn = Boolean(employee && token);
    if (!isIn) this.#showForm(false);
    else {
      this.#form.hidden = true;
      this.#form.reset();
      this.#changed();
    }
  }

  #showForm(expired) {
    this.#form.hidden = false;
    this.#form.elements.employee.value = this.employee;
    this.#form.querySelector(".wrong").hidden = !expired;
  }

  #speak(lang, told = true) {
    document.documentElement.lang = lang;
    document.querySelector("#language").value = lang;
    for (const one of document.querySelectorAll("[data-text]")) one.textContent = this.say(one.dataset.text);
    for (const one of document.querySelectorAll("[data-label]")) one.setAttribute("aria-label", this.say(one.dataset.label));
    document.title = this.say("title");
    if (told && this.token) this.#changed();
  }
}
