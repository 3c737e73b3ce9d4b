import type { Kysely, Transaction } from "kysely";
import type { JobQueue } from "../../pipeline/queue-port.ts";
import { toStableUuid } from "../../pipeline/stable-id.ts";
import type { Store, TransactionStore } from "../../pipeline/store-port.ts";
import type { Database } from "../database-schema.ts";
import { bindAnnouncements } from "./announcements.ts";
import { lockAttendance } from "./attendance.ts";
import { bindAttendance } from "./attendance-methods.ts";
import { appendAudit, claimEffect, getMeta, listAudit, setMeta } from "./audit.ts";
import { countSeats, findBooking, listBookings, listPastBookings, listPlaces, lockHall, saveSeats } from "./bookings.ts";
import { listDemanders } from "./demanders.ts";
import { listDocuments, saveDocument } from "./documents.ts";
import { type Executor, inTransaction } from "./executor.ts";
import { listExportBatches, prepareExportBatch, publishExportBatch } from "./export-batches.ts";
import { claimInvitationVersion, listInvitations } from "./invitations.ts";
import { bindMail } from "./mail.ts";
import {
  approve,
  cancelRegistration,
  findPersons,
  findRegistration,
  getRegistration,
  listRegistrations,
  saveReading,
} from "./registrations.ts";
import { listSessions, upsertSessions } from "./sessions.ts";
import { readStatus } from "./status.ts";
import {
  findSubmissionByContent,
  finishSubmission,
  getReading,
  getSubmission,
  listSubmissions,
  quarantineSubmission,
  recordSubmission,
  reopenSubmission,
} from "./submissions.ts";
import { addWalkIn, listWalkIns, tieWalkIn } from "./walk-ins.ts";

export interface StoreParts {
  readonly db: Kysely<Database>;
  readonly queue: Pick<JobQueue, "enqueue">;
  readonly now: () => Date;
}

function bindMethods(executor: Executor, { queue, now }: StoreParts): Omit<Store, "inTransaction"> {
  const at = (): string => now().toISOString();
  return {
    recordSubmission: (submission, firstJob) =>
      recordSubmission(executor, submission, async (transaction) => {
        const id = toStableUuid(firstJob.name, submission.id);
        await queue.enqueue(firstJob.name, firstJob.data, { id, transaction });
      }),
    findSubmissionByContent: (sha256s) => findSubmissionByContent(executor, sha256s),
    getSubmission: (id) => getSubmission(executor, id),
    getReading: (submissionId) => getReading(executor, submissionId),
    listSubmissions: (filter) => listSubmissions(executor, filter),
    saveReading: (submissionId, reading, registrations) => saveReading(executor, submissionId, reading, registrations),
    finishSubmission: (id) => finishSubmission(executor, id),
    reopenSubmission: (id, files, firstJob) =>
      reopenSubmission(executor, id, files, async (transaction) => {
        await queue.enqueue(firstJob.name, firstJob.data, { transaction });
      }),
    quarantineSubmission: (id, faultCode, reason) => quarantineSubmission(executor, id, faultCode, reason),

    getRegistration: (id) => getRegistration(executor, id),
    findRegistration: (idOrReference) => findRegistration(executor, idOrReference),
    listRegistrations: (filter) => listRegistrations(executor, filter),
    findPersons: (personKeys, exceptSubmissionId) => findPersons(executor, personKeys, exceptSubmissionId),
    approve: (registrationId, by) => approve(executor, registrationId, by, at()),
    cancelRegistration: (registrationId, by) => cancelRegistration(executor, registrationId, by, at()),

    upsertSessions: (sessions) => upsertSessions(executor, sessions, at()),
    listSessions: (filter) => listSessions(executor, filter),
    listBookings: (sessionId) => listBookings(executor, sessionId),
    findBooking: (registrationId, kind) => findBooking(executor, registrationId, kind),
    listPlaces: (registrationId) => listPlaces(executor, registrationId),
    listPastBookings: (registrationId) => listPastBookings(executor, registrationId),
    countSeats: () => countSeats(executor),
    listWalkIns: (sessionId) => listWalkIns(executor, sessionId),
    listInvitations: (registrationId) => listInvitations(executor, registrationId),
    claimInvitationVersion: (invitation) => claimInvitationVersion(executor, invitation, at()),
    listDemanders: () => listDemanders(executor),

    ...bindAnnouncements(executor, at),
    ...bindAttendance(executor, at),
    ...bindMail(executor, at),

    saveDocument: (document) => saveDocument(executor, document, at()),
    listDocuments: (filter) => listDocuments(executor, filter),

    prepareExportBatch: (id, limit) => prepareExportBatch(executor, id, limit, at()),
    publishExportBatch: (id, file) => publishExportBatch(executor, id, file, at()),
    listExportBatches: () => listExportBatches(executor),

    audit: (entry) => appendAudit(executor, entry, at()),
    listAudit: (filter) => listAudit(executor, filter),
    claimEffect: (jobId, effect) => claimEffect(executor, jobId, effect),
    getMeta: (key) => getMeta(executor, key),
    setMeta: (key, value) => setMeta(executor, key, value, at()),
    status: () => readStatus(executor),
  };
}

function bindTransaction(transaction: Transaction<Database>, parts: StoreParts): TransactionStore {
  return {
    ...bindMethods(transaction, parts),
    enqueue: (name, data, options) => parts.queue.enqueue(name, data, { ...options, transaction }),
    lockHall: (scope) => lockHall(transaction, scope),
    lockAttendance: (sessionId) => lockAttendance(transaction, sessionId),
    saveSeats: (differences, endedReason) => saveSeats(transaction, differences, endedReason, parts.now().toISOString()),
    addWalkIn: (walkIn) => addWalkIn(transaction, walkIn),
    tieWalkIn: (reference, registrationId) => tieWalkIn(transaction, reference, registrationId, parts.now().toISOString()),
  };
}

/** Returns the store over an open database. Jobs and rows of one transaction commit together. */
export function createStore(parts: StoreParts): Store {
  return {
    ...bindMethods(parts.db, parts),
    inTransaction: (work) => inTransaction(parts.db, (transaction) => work(bindTransaction(transaction, parts))),
  };
}
