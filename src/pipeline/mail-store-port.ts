import type { FaultCode } from "../errors.ts";
import type { MailKind } from "../intake/mail/decide-mail.ts";
import type { AnswerBlock } from "../intake/mail/judge-answer.ts";
import type { SenderDoubt } from "../intake/mail/judge-sender.ts";

/** Where a message lies: UIDs mean something only within their folder and UIDVALIDITY. */
export interface MailPlace {
  readonly folder: string;
  readonly uidValidity: string;
  /** null when the server did not say where it put it. */
  readonly uid: number | null;
}

/**
 * `recorded`: its bytes are durable, nobody has looked into them. `waiting`: its submission is in work. `held`: a person must say
 * whether its sender may send. `refused`: a person said no. `ended`: nothing is left but the move.
 */
export type MailState = "recorded" | "waiting" | "held" | "refused" | "ended";

/** A message of a mailbox that is durable here. The address is personal data: for staff's eyes only. */
export interface MailMessage {
  readonly id: string;
  readonly account: string;
  readonly place: MailPlace;
  readonly messageId: string | null;
  /** Of the whole message and of what follows its header; null when it was too large to fetch. */
  readonly sha256: string | null;
  readonly bodySha256: string | null;
  readonly sizeBytes: number;
  /** UTC instant. */
  readonly arrivedAt: string;
  /** Short code for letters and lists. */
  readonly reference: string;
  readonly kind: MailKind;
  readonly state: MailState;
  readonly fromAddress: string | null;
  readonly unit: string | null;
  readonly language: "fi" | "sv" | "en";
  readonly doubt: SenderDoubt | null;
  readonly answerBlock: AnswerBlock | null;
  readonly documentCount: number;
  /** Also carried a link to a protected message. */
  readonly hasNotice: boolean;
  readonly hasIdentityCode: boolean;
  readonly submissionId: string | null;
  /** Its contents had come before in the submission that it names. */
  readonly isDuplicate: boolean;
  /** Where it belongs; null until that is known. */
  readonly targetFolder: string | null;
  readonly isMoved: boolean;
  /** Why it could not be moved. */
  readonly moveFault: FaultCode | null;
}

export type NewMailMessage = Omit<MailMessage, "reference" | "isMoved" | "moveFault">;

/** Something that a person must do. */
export type TaskKind = "openLink" | "plainMailIdentityCode" | "readLetter" | "messageTooLarge";

export interface NewTask {
  /** Makes a repeated call one task. */
  readonly key: string;
  readonly kind: TaskKind;
  readonly mailId: string | null;
  readonly submissionId: string | null;
  /** Local day; null when there is no hurry. */
  readonly dueOn: string | null;
  /** Product of a notice, name of an account; no personal data. */
  readonly detail: string | null;
}

export interface Task extends NewTask {
  readonly id: number;
  readonly createdAt: string;
  readonly doneAt: string | null;
  readonly doneBy: string | null;
}

/** How often and how an account was checked. */
export interface MailCheck {
  readonly account: string;
  readonly lastSuccessAt: string | null;
  readonly lastAttemptAt: string;
  readonly firstAttemptAt: string;
  readonly fault: FaultCode | null;
}

export type AnswerKind = "acknowledgement" | "completionRequest";

/** `unsure`: handed over, but the server did not say that it took it; it is not sent again by itself. */
export type AnswerState = "waiting" | "sending" | "done" | "unsure" | "givenUp";

/** A letter of ours, ready to be sent or put among the drafts. */
export interface AnswerLetter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Message-ID of the letter that it answers. */
  readonly inReplyTo: string | null;
}

export interface NewAnswer {
  /** The effect: the same key is written once, whatever happens. */
  readonly key: string;
  readonly kind: AnswerKind;
  readonly way: "send" | "draft";
  /** Account whose drafts folder takes it. */
  readonly account: string | null;
  readonly mailId: string | null;
  readonly registrationId: string | null;
  readonly letter: AnswerLetter;
}

export interface Answer extends NewAnswer {
  readonly id: string;
  readonly state: AnswerState;
  readonly attempts: number;
  readonly nextTryAt: string;
  readonly faultCode: string | null;
  readonly createdAt: string;
}

/** A completion request that was printed and has not been put into a letter yet. */
export interface UnmailedRequest {
  readonly registrationId: string;
  readonly version: number;
}

export interface MailFilter {
  readonly account?: string;
  readonly state?: MailState;
  readonly isMoved?: boolean;
  readonly limit?: number;
}

export interface MailCounts {
  readonly byKind: Readonly<Record<string, number>>;
  readonly waiting: number;
  readonly held: number;
  readonly unmoved: number;
  readonly answers: Readonly<Record<AnswerState, number>>;
  readonly openTasks: number;
  /** Local day of the most urgent open task. */
  readonly nextDueOn: string | null;
}

/** What the line remembers of mailboxes, answers and tasks. Every write may be repeated. */
export interface MailStore {
  /** Returns the message as it was recorded first. */
  readonly recordMail: (message: NewMailMessage) => Promise<MailMessage>;
  readonly listKnownUids: (account: string, place: Omit<MailPlace, "uid">) => Promise<number[]>;
  /** An unmoved message of an earlier UIDVALIDITY of the same folder. */
  readonly findLostMail: (
    account: string,
    seen: { folder: string; uidValidity: string; messageId: string; sizeBytes: number },
  ) => Promise<MailMessage | null>;
  /** An earlier message with the same Message-ID, sender and body that was taken and not put aside. */
  readonly findSameMail: (message: Pick<NewMailMessage, "id" | "messageId" | "fromAddress" | "bodySha256">) => Promise<MailMessage | null>;
  /** By id or reference. */
  readonly findMail: (idOrReference: string) => Promise<MailMessage | null>;
  readonly findMailOfSubmission: (submissionId: string) => Promise<MailMessage | null>;
  readonly listMail: (filter?: MailFilter) => Promise<MailMessage[]>;
  /** Messages that were put aside, whose submission a person has brought to its end since. */
  readonly listRescuedMail: (quarantineFolder: string) => Promise<MailMessage[]>;
  readonly changeMail: (
    id: string,
    change: Partial<
      Pick<
        MailMessage,
        "place" | "state" | "kind" | "submissionId" | "targetFolder" | "isMoved" | "moveFault" | "unit" | "doubt" | "isDuplicate"
      >
    >,
  ) => Promise<void>;

  readonly addTask: (task: NewTask) => Promise<void>;
  readonly listTasks: (filter?: { readonly isOpen?: boolean; readonly limit?: number }) => Promise<Task[]>;
  /** False when there is no such open task. */
  readonly finishTask: (id: number, by: string) => Promise<boolean>;

  readonly noteMailCheck: (account: string, fault: FaultCode | null) => Promise<void>;
  readonly listMailChecks: () => Promise<MailCheck[]>;

  /** True when the key is new. */
  readonly addAnswer: (answer: NewAnswer) => Promise<boolean>;
  readonly listAnswers: (filter?: {
    readonly state?: AnswerState;
    readonly way?: "send" | "draft";
    readonly limit?: number;
  }) => Promise<Answer[]>;
  /** Moves an answer from one state to another; false when it was not in that state (any more). */
  readonly changeAnswer: (
    id: string,
    from: AnswerState,
    change: { readonly state: AnswerState; readonly nextTryAt?: string; readonly attempts?: number; readonly faultCode?: string | null },
  ) => Promise<boolean>;
  /** Acknowledgements to an address since an instant, by whether the message that each answers went down the line. */
  readonly countAcknowledgements: (to: string, since: string) => Promise<{ readonly withForms: number; readonly withoutForms: number }>;
  readonly listUnmailedRequests: () => Promise<UnmailedRequest[]>;

  readonly countMail: () => Promise<MailCounts>;
}
