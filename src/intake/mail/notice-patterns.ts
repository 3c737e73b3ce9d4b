/** A product that sends a link in place of the content. `*` in senders and hosts stands for anything; all in small letters. */
export interface NoticePattern {
  /** For records and tasks; no personal data. */
  readonly product: string;
  readonly senders: readonly string[];
  readonly hosts: readonly string[];
  /** Words of its subjects and texts. */
  readonly words: readonly string[];
  /** Days until the link ends when the notice does not say it. */
  readonly validDays: number;
}

const COMMON_WORDS = [
  "turvaviesti",
  "suojattu viesti",
  "suojattu sähköposti",
  "salattu viesti",
  "salattu sähköposti",
  "luottamuksellinen viesti",
  "luottamuksellista sähköpostia",
  "turvasähköposti",
  "turvaposti",
  "sinulle on saapunut",
  "avaa viesti",
  "lue viesti",
  "säkert meddelande",
  "skyddat meddelande",
  "krypterat meddelande",
  "säker e-post",
  "läs meddelandet",
  "secure message",
  "secure mail",
  "encrypted message",
  "confidential message",
  "read the message",
];

/**
 * Products that are met in Finnish offices. The days are short on purpose: a task that comes too early costs nothing.
 *
 * @see DOMAIN 6: the employment pilot's link lasts 10 days
 */
export const NOTICE_PATTERNS: readonly NoticePattern[] = [
  {
    product: "deltagon",
    senders: ["*@securemail.*", "*@secmail.*", "*@*.deltagon.com", "*@deltagon.com", "securemail@*", "secgw@*", "*.s@*"],
    hosts: ["securemail.*", "secmail.*", "sec.*", "*.deltagon.com", "*.deltagon.fi", "s-mail.*"],
    words: COMMON_WORDS,
    validDays: 10,
  },
  {
    product: "turvaviesti",
    senders: ["*turvaviesti*@*", "*@turvaviesti.*"],
    hosts: ["turvaviesti.*", "*.turvaviesti.fi", "oikeus.fi", "*.valtori.fi"],
    words: COMMON_WORDS,
    validDays: 10,
  },
  {
    product: "turvaposti",
    senders: ["*turvaposti*@*", "*@turvaposti.*"],
    hosts: ["turvaposti.*", "*.turvaposti.fi"],
    words: COMMON_WORDS,
    validDays: 10,
  },
  {
    product: "purview",
    senders: ["*@encryptedmessage.microsoft.com", "microsoftoffice365@messaging.microsoft.com"],
    hosts: ["outlook.office365.com", "outlook.office.com"],
    words: [...COMMON_WORDS, "protected message", "has sent you a protected message", "salattu viesti"],
    validDays: 7,
  },
  {
    product: "cisco",
    senders: ["*@res.cisco.com"],
    hosts: ["res.cisco.com", "*.res.cisco.com"],
    words: [...COMMON_WORDS, "securedoc"],
    validDays: 7,
  },
  {
    product: "zivver",
    senders: ["*@zivver.com", "*@zivver.eu"],
    hosts: ["app.zivver.com", "*.zivver.com"],
    words: COMMON_WORDS,
    validDays: 10,
  },
];
