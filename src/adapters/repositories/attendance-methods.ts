import type { AttendanceStore } from "../../pipeline/attendance-store-port.ts";
import { listAttendance, saveAttendance } from "./attendance.ts";
import type { Executor } from "./executor.ts";
import {
  addNoShowDecision,
  listContacts,
  listNoShowCases,
  listNoShowDecisions,
  listPrintedInvitations,
  noteContact,
  openNoShowCase,
  setNoShowState,
} from "./no-show.ts";
import { findRosterPrints, lastRosterVersion, listRosterPrints, saveRosterPrint } from "./roster-prints.ts";
import { closeRosterTask, listRosterScans, saveRosterScan } from "./roster-scans.ts";

/** Returns the store's methods for rosters, attendance and no-show cases. */
export function bindAttendance(executor: Executor, at: () => string): AttendanceStore {
  return {
    lastRosterVersion: (sessionId) => lastRosterVersion(executor, sessionId),
    saveRosterPrint: (print) => saveRosterPrint(executor, print),
    findRosterPrints: (code) => findRosterPrints(executor, code),
    listRosterPrints: (sessionId) => listRosterPrints(executor, sessionId),
    saveRosterScan: (scan) => saveRosterScan(executor, scan),
    listRosterScans: (sessionId, options) => listRosterScans(executor, sessionId, options),
    closeRosterTask: (task, by, reason) => closeRosterTask(executor, task, by, reason),
    listAttendance: (filter) => listAttendance(executor, filter),
    saveAttendance: (attendance) => saveAttendance(executor, attendance, at()),
    noteContact: (contact) => noteContact(executor, contact),
    listContacts: (registrationId) => listContacts(executor, registrationId),
    listPrintedInvitations: (registrationId, sessionId) => listPrintedInvitations(executor, registrationId, sessionId),
    openNoShowCase: (noShow) => openNoShowCase(executor, noShow, at()),
    setNoShowState: (id, state) => setNoShowState(executor, id, state, at()),
    listNoShowCases: (filter) => listNoShowCases(executor, filter),
    addNoShowDecision: (decision) => addNoShowDecision(executor, decision, at()),
    listNoShowDecisions: (caseId) => listNoShowDecisions(executor, caseId),
  };
}
