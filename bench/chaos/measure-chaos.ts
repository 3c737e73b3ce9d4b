import { parseArgs } from "node:util";
import { openMailbox } from "./chaos-mailbox.ts";
import { runChaos } from "./run-chaos.ts";

/** `npm run bench:chaos -- [--kills N] [--submissions N] [--seed N] [--mail]`: strikes at the line and prints the account of every submission. */
const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "1000" },
    submissions: { type: "string" },
    seed: { type: "string", default: "1" },
    mail: { type: "boolean", default: false },
  },
});
const kills = Number(values.kills);
const submissions = Number(values.submissions ?? Math.max(30, Math.round(kills / 2)));
const startedMs = performance.now();
const { strikes, account } = await runChaos({
  kills,
  submissions,
  duplicates: Math.floor(submissions / 10),
  damaged: Math.floor(submissions / 15),
  seed: Number(values.seed),
  ...(values.mail ? { openMailbox } : {}),
  onProgress: (text) => process.stderr.write(process.stderr.isTTY ? `\r\u001B[K${text}` : `${text}\n`),
});
const cell = (value: string | number, width: number): string => String(value).padStart(width);
console.log(`\nstrikes (${Object.values(strikes).reduce((sum, count) => sum + count, 0)}, seed ${values.seed})`);
for (const [name, count] of Object.entries(strikes).toSorted()) console.log(`  ${name.padEnd(40)}${cell(count, 6)}`);
console.log(`\n${"submissions".padEnd(14)}${cell("sent", 10)}${cell("by mail", 10)}${cell("in folder", 12)}${cell("recorded", 10)}`);
for (const row of account.rows)
  console.log(`${row.outcome.padEnd(14)}${cell(row.dropped, 10)}${cell(row.byMail, 10)}${cell(row.inFolder, 12)}${cell(row.recorded, 10)}`);
console.log(
  `registrations ${account.registrations}, references ${account.references}, papers ${account.papers} (${account.brokenPapers} cut off)`,
);
console.log(`jobs open ${account.openJobs}, given up ${account.deadJobs}; ${((performance.now() - startedMs) / 1000).toFixed(0)} s`);
if (account.mail !== null)
  console.log(`messages delivered ${account.mail.delivered}, moved ${account.mail.processed}, untouched ${account.mail.waiting}`);
for (const fault of account.faults) console.log(`NOT ACCOUNTED FOR: ${fault}`);
console.log(account.faults.length === 0 ? "every submission accounted for exactly once" : `${account.faults.length} faults`);
process.exitCode = account.faults.length === 0 ? 0 : 1;
