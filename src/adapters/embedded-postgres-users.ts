import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Place of the field "starttime" after the command's closing bracket in /proc/<pid>/stat (proc(5), field 22). */
const START_TIME_FIELD = 19;

/** Returns when a process started, in clock ticks since boot, so that a re-used number is not taken for it; null = no such process. */
function startTimeOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[START_TIME_FIELD] ?? null;
  } catch {
    return null;
  }
}

const folderOf = (serverFolder: string): string => join(serverFolder, "users");

/** Notes that this process uses the server. Returns the note's name. */
export function addUser(serverFolder: string): string {
  const name = `${process.pid}-${startTimeOf(process.pid)}-${randomBytes(4).toString("hex")}`;
  mkdirSync(folderOf(serverFolder), { recursive: true, mode: 0o700 });
  writeFileSync(join(folderOf(serverFolder), name), "");
  return name;
}

/** Takes a note back. */
export function removeUser(serverFolder: string, name: string): void {
  rmSync(join(folderOf(serverFolder), name), { force: true });
}

/** Tells whether a live process uses the server; notes of dead ones are removed. */
export function hasOtherUsers(serverFolder: string): boolean {
  let found = false;
  for (const name of readdirSync(folderOf(serverFolder))) {
    const [pid, startTime] = name.split("-");
    if (startTimeOf(Number(pid)) === startTime) found = true;
    else removeUser(serverFolder, name);
  }
  return found;
}
