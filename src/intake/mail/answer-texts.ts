/** Languages of answers; a letter carries all three, the sender's own first. */
const LANGUAGES = ["fi", "sv", "en"] as const;
export type AnswerLanguage = (typeof LANGUAGES)[number];

/** What an answer may say: no names, no words of the message, no file names. */
export interface AnswerFacts {
  readonly reference: string;
  /** UTC instant of arrival. */
  readonly arrivedAt: string;
  readonly documentCount: number;
  /** null when nothing was to be read. */
  readonly readCount: number | null;
  /** The message only carried a link: its content has not been received. */
  readonly isLinkOnly: boolean;
  readonly office: { readonly name: string; readonly phone: string };
}

interface Texts {
  readonly subject: (reference: string) => string;
  readonly received: (at: string, reference: string) => string;
  readonly allRead: (count: number) => string;
  readonly someRead: (read: number, count: number) => string;
  readonly noneRead: string;
  readonly noDocuments: string;
  readonly linkOnly: string;
  readonly linkToo: string;
  readonly automatic: (phone: string) => string;
}

const TEXTS: Readonly<Record<AnswerLanguage, Texts>> = {
  fi: {
    subject: (reference) => `Viesti vastaanotettu, viite ${reference}`,
    received: (at, reference) => `Viestinne on vastaanotettu ${at}. Viite: ${reference}.`,
    allRead: (count) => `Liitteitä luettu: ${count}.`,
    someRead: (read, count) =>
      `Liitteitä luettu: ${read}/${count}. Muita ei saatu auki; virkailija katsoo ne ja pyytää tarvittaessa uudet.`,
    noneRead: "Viestin liitteitä ei saatu auki. Virkailija katsoo viestin ja pyytää tarvittaessa uudet.",
    noDocuments: "Viestissä ei ollut lomakkeita. Virkailija lukee viestin.",
    linkOnly:
      "Viestissä oli vain linkki suojattuun viestiin. Sen SISÄLTÖÄ EI OLE VASTAANOTETTU. Virkailija yrittää avata linkin; asia on saapunut vasta, kun sisältö on avattu.",
    linkToo: "Viestissä oli myös linkki suojattuun viestiin. Linkin takana olevaa sisältöä EI OLE VASTAANOTETTU.",
    automatic: (phone) =>
      `Tämä on automaattinen kuittaus. Älkää lähettäkö henkilötietoja suojaamattomassa sähköpostissa. Puhelin ${phone}.`,
  },
  sv: {
    subject: (reference) => `Meddelandet mottaget, referens ${reference}`,
    received: (at, reference) => `Ert meddelande togs emot ${at}. Referens: ${reference}.`,
    allRead: (count) => `Lästa bilagor: ${count}.`,
    someRead: (read, count) =>
      `Lästa bilagor: ${read}/${count}. De övriga kunde inte öppnas; en handläggare ser på dem och ber vid behov om nya.`,
    noneRead: "Bilagorna kunde inte öppnas. En handläggare ser på meddelandet och ber vid behov om nya.",
    noDocuments: "Meddelandet innehöll inga blanketter. En handläggare läser meddelandet.",
    linkOnly:
      "Meddelandet innehöll bara en länk till ett skyddat meddelande. Dess INNEHÅLL HAR INTE MOTTAGITS. En handläggare försöker öppna länken; ärendet har kommit in först när innehållet har öppnats.",
    linkToo: "Meddelandet innehöll också en länk till ett skyddat meddelande. Innehållet bakom länken HAR INTE MOTTAGITS.",
    automatic: (phone) => `Detta är en automatisk kvittering. Skicka inte personuppgifter i oskyddad e-post. Telefon ${phone}.`,
  },
  en: {
    subject: (reference) => `Message received, reference ${reference}`,
    received: (at, reference) => `Your message was received on ${at}. Reference: ${reference}.`,
    allRead: (count) => `Attachments read: ${count}.`,
    someRead: (read, count) =>
      `Attachments read: ${read}/${count}. The others could not be opened; an official looks at them and asks for new ones if needed.`,
    noneRead: "The attachments could not be opened. An official looks at the message and asks for new ones if needed.",
    noDocuments: "The message held no forms. An official reads the message.",
    linkOnly:
      "The message only held a link to a protected message. Its CONTENT HAS NOT BEEN RECEIVED. An official tries to open the link; the matter has arrived only when the content has been opened.",
    linkToo: "The message also held a link to a protected message. The content behind the link HAS NOT BEEN RECEIVED.",
    automatic: (phone) => `This is an automatic acknowledgement. Do not send personal data in unprotected e-mail. Phone ${phone}.`,
  },
};

const WHEN = new Intl.DateTimeFormat("fi-FI", {
  timeZone: "Europe/Helsinki",
  calendar: "gregory",
  numberingSystem: "latn",
  hourCycle: "h23",
  day: "numeric",
  month: "numeric",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});

/** "24.11.2026 13.05", the same in all three languages. */
function formatWhen(instant: string): string {
  const part = Object.fromEntries(WHEN.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
  return `${part.day}.${part.month}.${part.year} ${part.hour}.${part.minute}`;
}

function attachmentsLine(texts: Texts, { documentCount, readCount, isLinkOnly }: AnswerFacts): string {
  if (isLinkOnly) return texts.linkOnly;
  if (documentCount === 0 || readCount === null) return texts.noDocuments;
  if (readCount === 0) return texts.noneRead;
  return readCount >= documentCount ? texts.allRead(readCount) : texts.someRead(readCount, documentCount);
}

/** Returns the acknowledgement of a message. Pure. @see Act 13/2003 sections 10 and 12; DOMAIN 6 */
export function formatAcknowledgement(
  facts: AnswerFacts & { readonly hasLinkToo: boolean },
  language: AnswerLanguage,
): { readonly subject: string; readonly text: string } {
  const order = [language, ...LANGUAGES.filter((other) => other !== language)];
  const blocks = order.map((each) => {
    const texts = TEXTS[each];
    const lines = [texts.received(formatWhen(facts.arrivedAt), facts.reference), attachmentsLine(texts, facts)];
    if (facts.hasLinkToo) lines.push(texts.linkToo);
    return [...lines, texts.automatic(facts.office.phone)].join("\n");
  });
  return { subject: TEXTS[language].subject(facts.reference), text: `${blocks.join("\n\n")}\n\n${facts.office.name}\n` };
}
