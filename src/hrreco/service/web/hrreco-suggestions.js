/*
 * <hrreco-suggestions employee="ID" lang="fi" token="…"></hrreco-suggestions>
 *
 * Courses that are suggested to one employee, with reasons, in any page of an LMS. One file, with
 * no framework; it sets no inline style, evaluates nothing, stores nothing, and reaches nothing but
 * the service that it came from. docs/service.md says how to embed it.
 */
"use strict";

(() => {
  // ------------------------------------------------------------------------------------- Texts

  // Of two forms the first is for one, the second for many. All languages have the same keys.
  const TEXTS = {
    en: {
      title: "Suggested for you",
      lead: "What you must take comes first, then what fits you.",
      lead_off: "What you must take comes first, then what is common in your role.",
      loading: "Looking for courses that fit you…",
      nothing: "Nothing to suggest right now",
      nothing_more: "When there is something new for you, it appears here.",
      signed_out: "You are signed out",
      signed_out_more: "Sign in again, and your suggestions come back by themselves.",
      gone: "Suggestions cannot be reached right now",
      gone_more: "It is tried again by itself.",
      refused: "These suggestions are for somebody else",
      refused_more: "You can see your own only. Sign in as yourself.",
      failed: "Suggestions cannot be shown",
      failed_more: "Something is wrong with this page, or nothing is known of you yet.",
      again: "Try now",
      mandatory: "Mandatory",
      due: "By {date}",
      overdue: "Was due {date}",
      format_online: "Online",
      format_classroom: "Classroom",
      format_blended: "Online and classroom",
      "format_self-study": "Self-study",
      why: "Why am I seeing this?",
      why_mandatory: "Mandatory training is shown to everybody who must take it.",
      share_most: "nearly all of it",
      share_large: "a large part",
      share_part: "a part",
      share_small: "a small part",
      rest: "Many smaller reasons together",
      reject: "Not for me",
      reject_question: "What is wrong with it?",
      not_relevant: "Not relevant to me",
      already_known: "I know this already",
      wrong_level: "Wrong level",
      dismissed: "Not now",
      noted: "Noted. “{course}” is not suggested any more.",
      not_saved: "That was not saved. Try again.",
      personal: "Personal suggestions",
      personal_on: "On: what you have completed shapes what is suggested to you.",
      personal_off: "Off: only your role shapes it. You lose no training by this.",
      switched_on: "Personal suggestions are on.",
      switched_off: "Personal suggestions are off.",
      left_out: "What was left out, and why?",
      left_company: ["You no longer work here, so nothing is suggested."],
      inactive: [
        "{n} course that is not held at the moment",
        "{n} courses that are not held at the moment",
      ],
      sensitive: [
        "{n} course on a sensitive matter: never suggested, always in the catalogue",
        "{n} courses on sensitive matters: never suggested, always in the catalogue",
      ],
      taken: ["{n} course that you have completed", "{n} courses that you have completed"],
      equivalent_taken: [
        "{n} course like one that you have completed",
        "{n} courses like those that you have completed",
      ],
      suppressed: [
        "{n} course that a person in charge has taken out for now",
        "{n} courses that a person in charge has taken out for now",
      ],
      overridden: [
        "{n} course that a person in charge has taken out for you",
        "{n} courses that a person in charge has taken out for you",
      ],
      in_progress: ["{n} course that you have begun", "{n} courses that you have begun"],
      rejected: [
        "{n} course that you have put aside",
        "{n} courses that you have put aside",
      ],
      rejected_level: [
        "{n} course whose level you found wrong",
        "{n} courses whose level you found wrong",
      ],
      language: [
        "{n} course in another language than yours",
        "{n} courses in other languages than yours",
      ],
      prerequisite_missing: [
        "{n} course that takes another one first",
        "{n} courses that take another one first",
      ],
      not_in_model: [
        "{n} course of which too little is known yet",
        "{n} courses of which too little is known yet",
      ],
      no_evidence: [
        "{n} course that nothing known so far speaks for",
        "{n} courses that nothing known so far speaks for",
      ],
      beyond_k: [
        "{n} more mandatory course, which may wait for those shown",
        "{n} more mandatory courses, which may wait for those shown",
      ],
      empty_catalogue: ["There are no courses in the catalogue."],
    },
    fi: {
      title: "Sinulle ehdotettua",
      lead: "Ensin pakolliset koulutukset, sitten sinulle sopivat.",
      lead_off: "Ensin pakolliset koulutukset, sitten tehtävässäsi yleiset.",
      loading: "Etsitään sinulle sopivia kursseja…",
      nothing: "Juuri nyt ei ole ehdotettavaa",
      nothing_more: "Kun sinulle löytyy uutta, se näkyy tässä.",
      signed_out: "Et ole kirjautunut sisään",
      signed_out_more: "Kirjaudu uudelleen, niin ehdotukset palaavat itsestään.",
      gone: "Ehdotuksia ei juuri nyt saada",
      gone_more: "Niitä yritetään hakea uudelleen itsestään.",
      refused: "Nämä ehdotukset on tarkoitettu toiselle",
      refused_more: "Näet vain omat ehdotuksesi. Kirjaudu omilla tunnuksillasi.",
      failed: "Ehdotuksia ei voida näyttää",
      failed_more: "Sivussa on vikaa, tai sinusta ei vielä tiedetä mitään.",
      again: "Yritä nyt",
      mandatory: "Pakollinen",
      due: "Viimeistään {date}",
      overdue: "Määräaika oli {date}",
      format_online: "Verkossa",
      format_classroom: "Lähiopetuksena",
      format_blended: "Verkossa ja lähiopetuksena",
      "format_self-study": "Itseopiskeluna",
      why: "Miksi näen tämän?",
      why_mandatory: "Pakollinen koulutus näytetään kaikille, joiden on se suoritettava.",
      share_most: "lähes koko peruste",
      share_large: "suuri osa",
      share_part: "osa",
      share_small: "pieni osa",
      rest: "Monta pienempää syytä yhteensä",
      reject: "Ei minulle",
      reject_question: "Mikä siinä ei sovi?",
      not_relevant: "Ei liity työhöni",
      already_known: "Osaan tämän jo",
      wrong_level: "Väärä taso",
      dismissed: "Ei nyt",
      noted: "Selvä. Kurssia ”{course}” ei enää ehdoteta.",
      not_saved: "Tallennus ei onnistunut. Yritä uudelleen.",
      personal: "Henkilökohtaiset ehdotukset",
      personal_on: "Käytössä: suorittamasi kurssit vaikuttavat siihen, mitä sinulle ehdotetaan.",
      personal_off: "Pois käytöstä: vain tehtäväsi vaikuttaa. Et menetä mitään koulutusta.",
      switched_on: "Henkilökohtaiset ehdotukset ovat käytössä.",
      switched_off: "Henkilökohtaiset ehdotukset ovat pois käytöstä.",
      left_out: "Mitä jätettiin pois ja miksi?",
      left_company: ["Et ole enää organisaation palveluksessa, joten kursseja ei ehdoteta."],
      inactive: ["{n} kurssi, jota ei nyt järjestetä", "{n} kurssia, joita ei nyt järjestetä"],
      sensitive: [
        "{n} arkaluonteinen kurssi: sitä ei ehdoteta, mutta se löytyy kurssiluettelosta",
        "{n} arkaluonteista kurssia: niitä ei ehdoteta, mutta ne löytyvät kurssiluettelosta",
      ],
      taken: ["{n} kurssi, jonka olet suorittanut", "{n} kurssia, jotka olet suorittanut"],
      equivalent_taken: [
        "{n} kurssi, jota vastaavan olet suorittanut",
        "{n} kurssia, joita vastaavat olet suorittanut",
      ],
      suppressed: [
        "{n} kurssi, jonka vastuuhenkilö on toistaiseksi jättänyt pois",
        "{n} kurssia, jotka vastuuhenkilö on toistaiseksi jättänyt pois",
      ],
      overridden: [
        "{n} kurssi, jonka vastuuhenkilö on jättänyt sinulta pois",
        "{n} kurssia, jotka vastuuhenkilö on jättänyt sinulta pois",
      ],
      in_progress: ["{n} kurssi, jonka olet aloittanut", "{n} kurssia, jotka olet aloittanut"],
      rejected: [
        "{n} kurssi, jonka olet siirtänyt syrjään",
        "{n} kurssia, jotka olet siirtänyt syrjään",
      ],
      rejected_level: [
        "{n} kurssi, jonka taso ei sopinut sinulle",
        "{n} kurssia, joiden taso ei sopinut sinulle",
      ],
      language: [
        "{n} kurssi, joka on muulla kuin sinun kielelläsi",
        "{n} kurssia, jotka ovat muulla kuin sinun kielelläsi",
      ],
      prerequisite_missing: [
        "{n} kurssi, jota ennen on suoritettava toinen",
        "{n} kurssia, joita ennen on suoritettava toinen",
      ],
      not_in_model: [
        "{n} kurssi, josta tiedetään vielä liian vähän",
        "{n} kurssia, joista tiedetään vielä liian vähän",
      ],
      no_evidence: [
        "{n} kurssi, jonka puolesta mikään ei vielä puhu",
        "{n} kurssia, joiden puolesta mikään ei vielä puhu",
      ],
      beyond_k: [
        "{n} muu pakollinen kurssi, joka ehtii näiden jälkeen",
        "{n} muuta pakollista kurssia, jotka ehtivät näiden jälkeen",
      ],
      empty_catalogue: ["Luettelossa ei ole yhtään kurssia."],
    },
    sv: {
      title: "Förslag till dig",
      lead: "Först det obligatoriska, sedan det som passar dig.",
      lead_off: "Först det obligatoriska, sedan det som är vanligt i din roll.",
      loading: "Söker kurser som passar dig…",
      nothing: "Inget att föreslå just nu",
      nothing_more: "När det finns något nytt för dig visas det här.",
      signed_out: "Du är utloggad",
      signed_out_more: "Logga in igen, så kommer förslagen tillbaka av sig själva.",
      gone: "Förslagen kan inte hämtas just nu",
      gone_more: "Nya försök görs av sig själva.",
      refused: "Dessa förslag är till någon annan",
      refused_more: "Du kan bara se dina egna. Logga in som dig själv.",
      failed: "Förslagen kan inte visas",
      failed_more: "Något är fel på sidan, eller så är inget känt om dig ännu.",
      again: "Försök nu",
      mandatory: "Obligatorisk",
      due: "Senast {date}",
      overdue: "Skulle ha gjorts {date}",
      format_online: "På nätet",
      format_classroom: "I klassrum",
      format_blended: "På nätet och i klassrum",
      "format_self-study": "Självstudier",
      why: "Varför ser jag detta?",
      why_mandatory: "Obligatorisk utbildning visas för alla som ska gå den.",
      share_most: "nästan hela skälet",
      share_large: "en stor del",
      share_part: "en del",
      share_small: "en liten del",
      rest: "Många mindre skäl tillsammans",
      reject: "Inte för mig",
      reject_question: "Vad är det som inte passar?",
      not_relevant: "Rör inte mitt arbete",
      already_known: "Jag kan det redan",
      wrong_level: "Fel nivå",
      dismissed: "Inte nu",
      noted: "Noterat. ”{course}” föreslås inte längre.",
      not_saved: "Det sparades inte. Försök igen.",
      personal: "Personliga förslag",
      personal_on: "På: det du har gått påverkar vad du får förslag om.",
      personal_off: "Av: bara din roll påverkar. Du går inte miste om någon utbildning.",
      switched_on: "Personliga förslag är på.",
      switched_off: "Personliga förslag är av.",
      left_out: "Vad utelämnades, och varför?",
      left_company: ["Du arbetar inte längre här, så inget föreslås."],
      inactive: ["{n} kurs som inte hålls just nu", "{n} kurser som inte hålls just nu"],
      sensitive: [
        "{n} kurs om ett känsligt ämne: den föreslås aldrig, men finns i katalogen",
        "{n} kurser om känsliga ämnen: de föreslås aldrig, men finns i katalogen",
      ],
      taken: ["{n} kurs som du har gått", "{n} kurser som du har gått"],
      equivalent_taken: [
        "{n} kurs som motsvarar en du har gått",
        "{n} kurser som motsvarar dem du har gått",
      ],
      suppressed: [
        "{n} kurs som en ansvarig tills vidare har tagit bort",
        "{n} kurser som en ansvarig tills vidare har tagit bort",
      ],
      overridden: [
        "{n} kurs som en ansvarig har tagit bort för dig",
        "{n} kurser som en ansvarig har tagit bort för dig",
      ],
      in_progress: ["{n} kurs som du har börjat på", "{n} kurser som du har börjat på"],
      rejected: [
        "{n} kurs som du har lagt åt sidan",
        "{n} kurser som du har lagt åt sidan",
      ],
      rejected_level: [
        "{n} kurs vars nivå inte passade dig",
        "{n} kurser vars nivå inte passade dig",
      ],
      language: [
        "{n} kurs på ett annat språk än ditt",
        "{n} kurser på andra språk än ditt",
      ],
      prerequisite_missing: [
        "{n} kurs som kräver en annan först",
        "{n} kurser som kräver en annan först",
      ],
      not_in_model: [
        "{n} kurs som för lite är känt om ännu",
        "{n} kurser som för lite är känt om ännu",
      ],
      no_evidence: [
        "{n} kurs som inget hittills talar för",
        "{n} kurser som inget hittills talar för",
      ],
      beyond_k: [
        "{n} obligatorisk kurs till, som kan vänta på dessa",
        "{n} obligatoriska kurser till, som kan vänta på dessa",
      ],
      empty_catalogue: ["Det finns inga kurser i katalogen."],
    },
  };

  // What the service calls these, and a button is called otherwise.
  const LEFT_OUT = { dismissed: "rejected", wrong_level: "rejected_level" };

  class Words {
    constructor(language) {
      this.language = language in TEXTS ? language : "en";
      this.texts = TEXTS[this.language];
    }

    has(key) {
      return key in this.texts;
    }

    say(key, values = {}) {
      return this.texts[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
    }

    count(key, n) {
      const forms = this.texts[key];
      const one = new Intl.PluralRules(this.language).select(n) === "one";
      return forms[one ? 0 : forms.length - 1].replace("{n}", this.number(n));
    }

    number(value, options = {}) {
      return new Intl.NumberFormat(this.language, options).format(value);
    }

    hours(hours) {
      return this.number(hours, { style: "unit", unit: "hour", unitDisplay: "long" });
    }

    percent(share) {
      return this.number(share, { style: "percent", maximumFractionDigits: 0 });
    }

    day(text) {
      const options = { dateStyle: "long", timeZone: "UTC" };
      return new Intl.DateTimeFormat(this.language, options).format(new Date(text));
    }

    format(format) {
      const key = `format_${format.toLowerCase()}`;
      return this.has(key) ? this.say(key) : format;
    }

    share(share) {
      if (share >= 0.8) return this.say("share_most");
      if (share >= 0.3) return this.say("share_large");
      return this.say(share >= 0.1 ? "share_part" : "share_small");
    }
  }

  // ------------------------------------------------------------------------------------- Looks

  // A constructed sheet is no inline style, so that a strict content security policy lets it be.
  const SHEET = new CSSStyleSheet();
  SHEET.replaceSync(`
    :host {
      --accent: var(--hrreco-accent, light-dark(#0b5c68, #74d4c8));
      --on-accent: var(--hrreco-on-accent, light-dark(#fff, #06282b));
      --surface: var(--hrreco-surface, light-dark(#f4f7f8, #10181e));
      --card: var(--hrreco-card, light-dark(#fff, #19242c));
      --text: var(--hrreco-text, light-dark(#16242c, #e8eef1));
      --muted: var(--hrreco-muted, light-dark(#4e5f69, #a7b7c0));
      --line: var(--hrreco-line, light-dark(#d6dfe3, #33434d));
      --warning: var(--hrreco-warning, light-dark(#9a3412, #fdba74));
      --radius: var(--hrreco-radius, 12px);
      --soft: color-mix(in srgb, var(--accent) 9%, var(--card));
      display: block;
      container-type: inline-size;
      color-scheme: light dark;
      color: var(--text);
      font: 400 1rem/1.5 var(--hrreco-font, system-ui, sans-serif);
    }
    :host([hidden]), [hidden] { display: none !important; }
    :host([theme="light"]) { color-scheme: light; }
    :host([theme="dark"]) { color-scheme: dark; }
    *, ::before { box-sizing: border-box; }
    h2, h3, p, ul { margin: 0; padding: 0; text-wrap: pretty; }
    ul { list-style: none; }
    section { background: var(--surface); border-radius: calc(var(--radius) + 6px); padding: 1.25rem; }
    h2 { font-size: 1.25rem; line-height: 1.3; letter-spacing: -.01em; }
    .lead { color: var(--muted); font-size: .9375rem; }
    .cards {
      display: grid;
      gap: .875rem;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 17.5rem), 1fr));
      margin-top: 1rem;
    }
    .cards:has([aria-expanded="true"]) { align-items: start; }
    .card {
      display: flex;
      flex-direction: column;
      gap: .625rem;
      background: var(--card);
      border: 1px solid var(--line);
      border-radius: var(--radius);
      padding: 1rem;
      overflow-wrap: anywhere;
    }
    .card.mandatory { border-inline-start: 4px solid var(--accent); }
    .badge {
      align-self: flex-start;
      background: var(--accent);
      color: var(--on-accent);
      border-radius: 99px;
      padding: .0625rem .625rem;
      font-size: .75rem;
      font-weight: 650;
    }
    h3 { font-size: 1.0625rem; line-height: 1.35; }
    a { color: inherit; text-decoration: underline; text-decoration-color: var(--line);
      text-decoration-thickness: 2px; text-underline-offset: 3px; }
    a:hover { color: var(--accent); text-decoration-color: currentColor; }
    .facts { display: flex; flex-wrap: wrap; gap: .25rem .875rem; color: var(--muted); font-size: .875rem; }
    .facts li { display: flex; align-items: center; gap: .375rem; }
    .facts .overdue { color: var(--warning); font-weight: 600; }
    svg { inline-size: 1rem; block-size: 1rem; flex: none; fill: none; stroke: currentColor;
      stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }
    .reason { font-size: .9375rem; }
    .actions { display: flex; flex-wrap: wrap; gap: 0 .25rem; margin-inline-start: -.625rem; }
    .card .actions { margin-top: auto; }
    button { font: inherit; color: inherit; background: none; border: 0; border-radius: 8px;
      min-block-size: 2.25rem; padding: .25rem .625rem; cursor: pointer; }
    button:disabled { opacity: .6; cursor: progress; }
    .quiet { display: inline-flex; align-items: center; gap: .25rem; color: var(--accent);
      font-size: .875rem; font-weight: 600; text-align: start; }
    .quiet:hover { background: var(--soft); }
    .quiet svg { transition: rotate .15s; }
    .quiet[aria-expanded="true"] svg { rotate: 180deg; }
    .choice { border: 1px solid var(--line); font-size: .875rem; background: var(--card); }
    .choice:hover:enabled { border-color: var(--accent); background: var(--soft); }
    .firm { background: var(--accent); color: var(--on-accent); font-weight: 600; padding-inline: 1rem; }
    :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
    h2:focus, h3:focus { outline-offset: 4px; border-radius: 2px; }
    .drawer { background: var(--soft); border-radius: 8px; padding: .75rem; font-size: .875rem; }
    .drawer > * + *, .why > * + * { margin-top: .625rem; }
    .drawer .asked { font-weight: 600; }
    .choices { display: flex; flex-wrap: wrap; gap: .5rem; }
    .bar { block-size: .375rem; margin-block: .25rem; border-radius: 99px;
      background: color-mix(in srgb, var(--muted) 25%, transparent); overflow: hidden; }
    .bar > div { block-size: 100%; inline-size: var(--share); background: var(--accent); border-radius: inherit; }
    .bar.rest > div { background: var(--muted); }
    .weight { color: var(--muted); font-size: .8125rem; }
    .drawer .weight { color: var(--text); }
    .foot { display: grid; gap: .5rem; margin-top: 1rem; padding-top: 1rem; border-top: 1px solid var(--line); }
    .personal { display: flex; align-items: center; gap: .875rem; }
    .personal strong { display: block; font-size: .9375rem; }
    .personal p { color: var(--muted); font-size: .875rem; }
    .switch { flex: none; inline-size: 3rem; block-size: 1.75rem; min-block-size: 0; padding: 0;
      border-radius: 99px; border: 2px solid var(--muted); background: var(--card); position: relative; }
    .switch::before { content: ""; position: absolute; inset-block: 3px; inset-inline-start: 3px;
      aspect-ratio: 1; border-radius: 50%; background: var(--muted); transition: translate .15s; }
    .switch[aria-checked="true"] { background: var(--accent); border-color: var(--accent); }
    .switch[aria-checked="true"]::before { background: var(--on-accent); translate: 1.25rem 0; }
    .left-out { padding-inline-start: 1.125rem; list-style: disc; }
    .notice { background: var(--card); border: 1px solid var(--line); border-radius: var(--radius);
      margin-top: 1rem; padding: 1.25rem; }
    .notice p { color: var(--muted); margin-bottom: .25rem; }
    .notice .firm { margin-top: .625rem; }
    .status { font-size: .9375rem; }
    .status:not(:empty) { background: var(--soft); border-radius: 8px; margin-top: .75rem; padding: .5rem .75rem; }
    .bone { min-block-size: 9rem; background: linear-gradient(100deg, transparent 35%, var(--soft) 50%, transparent 65%)
      0 0 / 300% 100% var(--card); animation: shine 1.6s linear infinite; }
    .unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%);
      white-space: nowrap; }
    @keyframes shine { from { background-position: 100% 0; } to { background-position: 0 0; } }
    @media (prefers-reduced-motion: reduce) { * { animation: none !important; transition: none !important; } }
    @media (forced-colors: active) { .switch::before, .bar > div { background: CanvasText; forced-color-adjust: none; } }
    @container (max-width: 24rem) { section { padding: .875rem; } }
  `);

  const ICONS = {
    hours: "M12 7v5l3 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z",
    format: "M4 5h16v11H4zM9 20h6",
    due: "M5 6h14v14H5zM5 10h14M9 3v4M15 3v4",
    open: "m6 9 6 6 6-6",
  };

  /** Return an element with attributes and children; text goes in as text, whatever it holds. */
  function make(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes ?? {})) {
      if (typeof value === "function") made.addEventListener(name, value);
      else if (value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
    }
    made.append(...children.filter((child) => child !== null));
    return made;
  }

  function icon(name) {
    const [svg, path] = ["svg", "path"].map((tag) =>
      document.createElementNS("http://www.w3.org/2000/svg", tag));
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", ICONS[name]);
    svg.append(path);
    return svg;
  }

  /** Return a button that opens and closes a drawer. */
  function opener(text, drawer, describedBy = null) {
    const about = { type: "button", class: "quiet", "aria-expanded": "false" };
    const button = make("button", { ...about, "aria-controls": drawer.id, "aria-describedby": describedBy },
      text, icon("open"));
    button.addEventListener("click", () => {
      drawer.hidden = !drawer.hidden;
      button.setAttribute("aria-expanded", String(!drawer.hidden));
    });
    return button;
  }

  // ------------------------------------------------------------------------------- The service

  const FIRST_WAIT = 1_000; // milliseconds; each later wait is twice as long
  const LONGEST_WAIT = 60_000;
  const PATIENCE = 15_000; // for one answer

  // The service that the script came from, be it at a path of its own.
  const HOME = new URL("..", document.currentScript?.src ?? document.baseURI).href;

  /** No answer, or one that says to come again. */
  class Gone extends Error {}

  /** The service has said no. */
  class Refused extends Error {
    constructor(status) {
      super(`the service answered ${status}`);
      this.status = status;
    }
  }

  /** Asks the service in somebody's name; waits for a token where it has none that is believed. */
  class Service {
    #token = null;
    #waiting = null; // what resolves when a token is handed in
    #need;

    constructor(need) {
      this.#need = need;
    }

    get token() {
      return this.#token;
    }

    set token(token) {
      this.#token = token || null;
      if (this.#token && this.#waiting) {
        this.#waiting.resolve();
        this.#waiting = null;
      }
    }

    /** Return the answer as JSON; null for one that has nothing to say. */
    async ask(method, address, { body = null, signal }) {
      for (;;) {
        while (!this.#token) await this.#handedIn(false);
        const token = this.#token;
        const response = await this.#send(method, address, token, body, signal);
        if (response.status === 401) {
          if (token === this.#token) {
            this.#token = null;
            await this.#handedIn(true);
          }
        } else if (response.status === 429 || response.status >= 500) {
          throw new Gone();
        } else if (!response.ok) {
          throw new Refused(response.status);
        } else {
          return response.status === 204 ? null : await response.json();
        }
      }
    }

    async #send(method, address, token, body, signal) {
      const headers = { Authorization: `Bearer ${token}` };
      if (body !== null) headers["Content-Type"] = "application/json";
      const asked = { method, headers, body: body && JSON.stringify(body), credentials: "omit", cache: "no-store" };
      try {
        return await fetch(address, { ...asked, signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]) });
      } catch (error) {
        if (signal.aborted) throw error;
        throw new Gone();
      }
    }

    #handedIn(expired) {
      if (!this.#waiting) {
        this.#waiting = {};
        this.#waiting.promise = new Promise((resolve) => { this.#waiting.resolve = resolve; });
        const { promise } = this.#waiting;
        this.#need(expired, promise);
        return promise;
      }
      return this.#waiting.promise;
    }
  }

  // ----------------------------------------------------------------------------- The component

  const FEEDBACK = ["not_relevant", "already_known", "wrong_level", "dismissed"];
  const UNTIL_SAID = 600; // milliseconds in which a page may hand in a token before it is missed

  class HrrecoSuggestions extends HTMLElement {
    static observedAttributes = ["employee", "lang", "api", "k", "token"];

    #service = new Service((expired, handedIn) => this.#askForToken(expired, handedIn));
    #words = new Words("en");
    #begun = null; // ends what is under way
    #queued = false;
    #failures = 0;
    #timer = null;
    #cards = new Map(); // by course: what it was made from, and the element
    #parts = null;

    constructor() {
      super();
      this.attachShadow({ mode: "open" }).adoptedStyleSheets = [SHEET];
    }

    /** The bearer token; never written into the page. */
    get token() {
      return this.#service.token;
    }

    set token(token) {
      this.#service.token = token;
      if (token && this.#parts?.notice.dataset.refused) this.#reload();
    }

    connectedCallback() {
      if (Object.hasOwn(this, "token")) { // set before this script had run
        const { token } = this;
        delete this.token;
        this.token = token;
      }
      addEventListener("online", this.#backOnline);
      this.#start();
    }

    disconnectedCallback() {
      removeEventListener("online", this.#backOnline);
      this.#stop();
    }

    attributeChangedCallback(name, before, now) {
      if (before === now) return;
      if (name === "token") this.token = now;
      else if (this.isConnected) this.#start();
    }

    #backOnline = () => {
      if (this.#timer !== null) this.#reload();
    };

    /** Begin anew; once, however many attributes a page changes in one go. */
    #start() {
      if (this.#queued) return;
      this.#queued = true;
      queueMicrotask(() => {
        this.#queued = false;
        if (!this.isConnected) return;
        const spoken = this.lang || this.parentElement?.closest("[lang]")?.lang || document.documentElement.lang;
        this.#words = new Words(spoken.toLowerCase().split("-")[0]);
        this.#cards.clear();
        this.#lay();
        this.#reload();
      });
    }

    #stop() {
      this.#begun?.abort();
      clearTimeout(this.#timer);
      this.#timer = null;
    }

    #address(rest) {
      const home = this.hasAttribute("api") ? new URL(this.getAttribute("api"), document.baseURI).href : HOME;
      const employee = encodeURIComponent(this.getAttribute("employee") ?? "");
      return `${home.replace(/\/$/, "")}/v1/employees/${employee}/${rest}`;
    }

    // ---- What is asked

    async #reload() {
      this.#stop();
      this.#begun = new AbortController();
      const { signal } = this.#begun;
      if (!this.#cards.size && this.#parts.notice.hidden) this.#showBones();
      try {
        if (!this.getAttribute("employee")) throw new Refused(404);
        const [answer, optOuts] = await Promise.all([this.#suggestions(signal), this.#optOuts(signal)]);
        if (signal.aborted) return;
        this.#failures = 0;
        this.#show(answer, optOuts);
      } catch (error) {
        if (!signal.aborted) this.#fail(error);
      }
    }

    #suggestions(signal) {
      const asked = new URLSearchParams({ lang: this.#words.language });
      if (this.hasAttribute("k")) asked.set("k", this.getAttribute("k"));
      return this.#service.ask("GET", this.#address(`recommendations?${asked}`), { signal });
    }

    /** Return what the employee has opted out of; null where this token may not ask. */
    async #optOuts(signal) {
      try {
        return (await this.#service.ask("GET", this.#address("opt-outs"), { signal })).opted_out;
      } catch (error) {
        if (error instanceof Refused) return null;
        throw error;
      }
    }

    #fail(error) {
      if (error instanceof Gone) {
        const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#failures++);
        this.#timer = setTimeout(() => this.#reload(), wait * (0.8 + 0.4 * Math.random()));
        this.#notify("gone", { again: true });
      } else if (error instanceof Refused) {
        this.#cards.clear();
        this.#notify(error.status === 403 ? "refused" : "failed", { refused: true });
      } else {
        this.#notify("failed", { again: true });
        throw error; // a fault of the component's own: for whoever looks into it
      }
    }

    #askForToken(expired, handedIn) {
      const missed = setTimeout(() => this.#notify("signed_out", { alone: true }), UNTIL_SAID);
      handedIn.then(() => {
        clearTimeout(missed);
        const { notice, cards, foot } = this.#parts;
        notice.hidden = true;
        cards.hidden = false;
        foot.hidden = !this.#cards.size;
      });
      const detail = { employee: this.getAttribute("employee"), expired };
      this.dispatchEvent(new CustomEvent("hrreco-token-needed", { bubbles: true, composed: true, detail }));
    }

    /** Have something saved; return whether it was. What a page leaves behind is seen through. */
    async #save(method, rest, body = null) {
      this.#say("");
      try {
        const { signal } = new AbortController();
        await this.#service.ask(method, this.#address(rest), { body, signal });
        return true;
      } catch (error) {
        if (!(error instanceof Gone || error instanceof Refused)) throw error;
        this.#say(this.#words.say("not_saved"));
        return false;
      }
    }

    async #reject(course, kind, card) {
      const buttons = [...card.querySelectorAll(".choice")];
      for (const button of buttons) button.disabled = true;
      const saved = await this.#save("POST", "feedback", { course_id: course.course_id, kind });
      for (const button of buttons) button.disabled = false;
      if (!saved) {
        this.#focus(buttons.find((button) => button.dataset.kind === kind));
        return;
      }
      const place = [...this.#parts.cards.children].indexOf(card);
      card.remove();
      this.#cards.delete(course.course_id);
      this.#say(this.#words.say("noted", { course: course.title }));
      await this.#reload();
      this.#focusCard(place);
    }

    async #switch() {
      const { toggle } = this.#parts;
      if (toggle.getAttribute("aria-disabled") === "true") return;
      const on = toggle.getAttribute("aria-checked") === "true";
      toggle.setAttribute("aria-disabled", "true");
      const saved = await this.#save(on ? "PUT" : "DELETE", "opt-outs/profiling");
      toggle.removeAttribute("aria-disabled");
      if (!saved) return;
      this.#showPersonal(!on);
      this.#say(this.#words.say(on ? "switched_off" : "switched_on"));
      await this.#reload();
    }

    // ---- What is seen

    #lay() {
      const words = this.#words;
      const title = make("h2", { id: "title", tabindex: "-1" }, words.say("title"));
      const lead = make("p", { class: "lead" }, words.say("lead"));
      const status = make("p", { class: "status", role: "status" });
      const notice = make("div", { class: "notice", hidden: true });
      const cards = make("ul", { class: "cards", role: "list", "aria-labelledby": "title" });
      const toggle = make("button", {
        type: "button", class: "switch", role: "switch", "aria-checked": "true",
        "aria-labelledby": "personal", "aria-describedby": "personal-more", click: () => this.#switch(),
      });
      const more = make("p", { id: "personal-more" });
      const personal = make("div", { class: "personal", hidden: true }, toggle,
        make("div", null, make("strong", { id: "personal" }, words.say("personal")), more));
      const leftOut = make("div", { id: "left-out", class: "drawer", hidden: true });
      const leftOutButton = make("div", { class: "actions" }, opener(words.say("left_out"), leftOut));
      const foot = make("div", { class: "foot", hidden: true }, personal, leftOutButton, leftOut);
      const section = make("section", { "aria-labelledby": "title", lang: words.language },
        title, lead, status, notice, cards, foot);
      this.#parts = { section, title, lead, status, notice, cards, toggle, more, personal, leftOut, leftOutButton, foot };
      this.shadowRoot.replaceChildren(section);
    }

    #say(text) {
      this.#parts.status.textContent = text;
    }

    #showBones() {
      const { notice, cards, section } = this.#parts;
      notice.hidden = true;
      cards.hidden = false;
      section.setAttribute("aria-busy", "true");
      const bones = [0, 1, 2].map(() => make("li", { class: "card bone", "aria-hidden": "true" }));
      cards.replaceChildren(make("li", { class: "unseen" }, this.#words.say("loading")), ...bones);
    }

    /** Say in place of the list, or above one that is shown, what is the matter. */
    #notify(what, { again = false, refused = false, alone = false } = {}) {
      const { notice, cards, section, foot } = this.#parts;
      section.removeAttribute("aria-busy");
      cards.hidden = alone || !this.#cards.size; // of who is signed out, nobody else may read on
      foot.hidden = cards.hidden;
      notice.hidden = false;
      delete notice.dataset.refused;
      if (refused) notice.dataset.refused = "true";
      if (notice.dataset.what === what && notice.childElementCount) return; // said already
      notice.dataset.what = what;
      notice.replaceChildren(
        make("h3", null, this.#words.say(what)),
        make("p", { role: "alert" }, this.#words.say(`${what}_more`)),
        ...(again
          ? [make("button", { type: "button", class: "firm", click: () => this.#tryNow() }, this.#words.say("again"))]
          : []),
      );
    }

    async #tryNow() {
      this.#failures = 0;
      await this.#reload();
      if (this.#parts.notice.hidden) this.#parts.title.focus();
    }

    #show(answer, optOuts) {
      const { notice, cards, section, foot } = this.#parts;
      section.removeAttribute("aria-busy");
      const shown = new Map();
      for (const course of answer.recommendations) {
        const late = course.due_on !== null && course.due_on < answer.as_of;
        const made = JSON.stringify([course, late]);
        const held = this.#cards.get(course.course_id);
        shown.set(course.course_id, held?.made === made ? held : { made, card: this.#card(course, late) });
      }
      this.#cards = shown;
      this.#showInOrder([...shown.values()].map(({ card }) => card));
      notice.hidden = shown.size > 0;
      notice.replaceChildren();
      if (!shown.size) this.#notify("nothing");
      cards.hidden = !shown.size;
      foot.hidden = false;
      this.#showPersonal(optOuts === null ? null : !optOuts.includes("profiling"));
      this.#showLeftOut(answer.left_out);
    }

    /** Put cards in order; one that stays where it is keeps the focus that it may have. */
    #showInOrder(wanted) {
      const { cards } = this.#parts;
      for (const child of [...cards.children]) if (!wanted.includes(child)) child.remove();
      wanted.forEach((card, place) => {
        if (cards.children[place] !== card) cards.insertBefore(card, cards.children[place] ?? null);
      });
    }

    #showPersonal(on) {
      const { personal, toggle, more, lead } = this.#parts;
      personal.hidden = on === null;
      toggle.setAttribute("aria-checked", String(on !== false));
      more.textContent = this.#words.say(on === false ? "personal_off" : "personal_on");
      lead.textContent = this.#words.say(on === false ? "lead_off" : "lead");
    }

    #showLeftOut(counts) {
      const { leftOut, leftOutButton } = this.#parts;
      const lines = Object.entries(counts)
        .map(([code, n]) => [LEFT_OUT[code] ?? code, n])
        .filter(([key]) => this.#words.has(key)) // a later service may know more codes
        .sort(([, one], [, other]) => other - one)
        .map(([key, n]) => make("li", null, this.#words.count(key, n)));
      leftOutButton.hidden = !lines.length;
      if (!lines.length) leftOut.hidden = true;
      leftOut.replaceChildren(make("ul", { class: "left-out" }, ...lines));
    }

    #card(course, late) {
      const words = this.#words;
      const mandatory = course.kind === "mandatory";
      const id = (what) => `${what}-${course.course_id}`;
      const title = make("h3", { id: id("title"), tabindex: "-1" }, link(course));
      const why = this.#why(course, id("why"));
      const reject = mandatory ? null : this.#choices(course, id("reject"));
      const card = make("li", { class: mandatory ? "card mandatory" : "card", "data-course": course.course_id },
        mandatory ? make("span", { class: "badge" }, words.say("mandatory")) : null,
        title,
        this.#facts(course, late),
        course.reasons.length ? make("p", { class: "reason" }, course.reasons[0].text) : null,
        make("div", { class: "actions" },
          opener(words.say("why"), why, title.id),
          reject && opener(words.say("reject"), reject, title.id)),
        why,
        reject);
      return card;
    }

    #facts(course, late) {
      const words = this.#words;
      const fact = (name, text, style = null) => make("li", { class: style }, icon(name), text);
      const facts = [];
      if (course.hours !== null) facts.push(fact("hours", words.hours(course.hours)));
      if (course.format !== null) facts.push(fact("format", words.format(course.format)));
      if (course.due_on !== null) {
        const text = words.say(late ? "overdue" : "due", { date: words.day(course.due_on) });
        facts.push(fact("due", text, late ? "overdue" : null));
      }
      return facts.length ? make("ul", { class: "facts", role: "list" }, ...facts) : null;
    }

    #why(course, id) {
      const words = this.#words;
      const row = (text, share, style) => {
        const filled = make("div");
        filled.style.setProperty("--share", `${Math.max(1, share * 100)}%`);
        return make("li", null, text, make("div", { class: `bar ${style}`, "aria-hidden": "true" }, filled),
          make("span", { class: "weight" }, `${words.share(share)}, ${words.percent(share)}`));
      };
      const rows = course.reasons.map(({ text, share }) => row(text, share, ""));
      const rest = 1 - course.reasons.reduce((sum, { share }) => sum + share, 0);
      if (rest >= 0.01) rows.push(row(words.say("rest"), rest, "rest"));
      const list = make("ul", { class: "why", role: "list" }, ...rows);
      const more = course.kind === "mandatory" ? make("p", null, words.say("why_mandatory")) : null;
      return make("div", { id, class: "drawer", hidden: true }, list, more);
    }

    #choices(course, id) {
      const drawer = make("div", { id, class: "drawer", role: "group", "aria-labelledby": `${id}-asked`, hidden: true },
        make("p", { id: `${id}-asked`, class: "asked" }, this.#words.say("reject_question")));
      const choice = (kind) => make("button", {
        type: "button", class: "choice", "data-kind": kind,
        click: () => this.#reject(course, kind, drawer.parentElement),
      }, this.#words.say(kind));
      drawer.append(make("div", { class: "choices" }, ...FEEDBACK.map(choice)));
      return drawer;
    }

    /** Put the focus where the next card is now; it must not fall back to the top of the page. */
    #focusCard(place) {
      const cards = this.#parts.cards.querySelectorAll("[data-course]");
      const next = cards[Math.min(place, cards.length - 1)];
      this.#focus(next?.querySelector("h3") ?? this.#parts.title);
    }

    /** Move the focus, unless somebody has moved it out of here meanwhile. */
    #focus(element) {
      if ([this, document.body].includes(document.activeElement)) element.focus();
    }
  }

  /** Return the title of a course, as a link where it has an address that is safe to follow. */
  function link(course) {
    let protocol = null;
    try {
      ({ protocol } = new URL(course.url));
    } catch {
      // no address, or none that can be read
    }
    const safe = protocol === "https:" || protocol === "http:";
    return safe ? make("a", { href: course.url }, course.title) : course.title;
  }

  if (!customElements.get("hrreco-suggestions")) {
    customElements.define("hrreco-suggestions", HrrecoSuggestions);
  }
})();
