import type { ColumnType, Generated, JSONColumnType } from "kysely";
import type { FaultCode } from "../errors.ts";
import type { MailKind } from "../intake/mail/decide-mail.ts";
import type { AnswerBlock } from "../intake/mail/judge-answer.ts";
import type { SenderDoubt } from "../intake/mail/judge-sender.ts";
import type { AnswerKind, AnswerState, MailState, TaskKind } from "../pipeline/mail-store-port.ts";

/** Set by the server when a row is made; UTC instant as text. */
type CreatedAt = ColumnType<string, string | undefined, never>;
type ChangedAt = ColumnType<string, string | undefined, string>;

export interface MailMessagesTable {
  id: string;
  account: string;
  folder: string;
  uid_validity: string;
  uid: number | null;
  message_id: string | null;
  sha256: string | null;
  body_sha256: string | null;
  size_bytes: number;
  arrived_at: string;
  reference: string;
  kind: MailKind;
  state: MailState;
  from_address: string | null;
  unit: string | null;
  language: "fi" | "sv" | "en";
  doubt: SenderDoubt | null;
  answer_block: AnswerBlock | null;
  document_count: number;
  has_notice: boolean;
  has_identity_code: boolean;
  submission_id: string | null;
  is_duplicate: boolean;
  target_folder: string | null;
  is_moved: ColumnType<boolean, boolean | undefined, boolean>;
  move_fault: ColumnType<FaultCode | null, FaultCode | null | undefined, FaultCode | null>;
  created_at: CreatedAt;
  updated_at: ChangedAt;
}

export interface TasksTable {
  id: Generated<number>;
  key: string;
  kind: TaskKind;
  mail_id: string | null;
  submission_id: string | null;
  due_on: string | null;
  detail: string | null;
  created_at: CreatedAt;
  done_at: ColumnType<string | null, string | null | undefined, string | null>;
  done_by: ColumnType<string | null, string | null | undefined, string | null>;
}

export interface MailChecksTable {
  account: string;
  first_attempt_at: string;
  last_attempt_at: string;
  last_success_at: string | null;
  fault: FaultCode | null;
}

export interface MailAnswersTable {
  id: string;
  key: string;
  kind: AnswerKind;
  way: "send" | "draft";
  account: string | null;
  mail_id: string | null;
  registration_id: string | null;
  letter: JSONColumnType<object, string, string>;
  state: ColumnType<AnswerState, AnswerState | undefined, AnswerState>;
  attempts: ColumnType<number, number | undefined, number>;
  next_try_at: string;
  fault_code: ColumnType<string | null, string | null | undefined, string | null>;
  created_at: CreatedAt;
  updated_at: ChangedAt;
}

/** Tables of mail and tasks. */
export interface MailTables {
  mail_messages: MailMessagesTable;
  tasks: TasksTable;
  mail_checks: MailChecksTable;
  mail_answers: MailAnswersTable;
}
