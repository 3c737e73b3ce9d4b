import { makeSubmission, type SubmissionFile } from "../fixtures/make-submission.ts";
import { makeOwnForm } from "../fixtures/own-forms.ts";
import { makeRandom } from "../fixtures/random.ts";
import { makeSessions } from "../fixtures/sessions.ts";
import { NOTO } from "../fixtures/typefaces.ts";
import type { SessionFile } from "../src/model/session.ts";
import type { IsoDate } from "../src/model/time.ts";

const ORIGINS = ["syrian", "somali", "kurdish", "afghan", "iranian", "iraqi"];

/** Forms filled in on a computer, one invented person each: quick to read, so that a test can take in many. */
export async function makeLiveSubmissions(count: number, today: IsoDate): Promise<{ files: SubmissionFile[]; sessions: SessionFile }> {
  const sessions = makeSessions(today, 5);
  const form = await makeOwnForm("fi");
  const files: SubmissionFile[] = [];
  for (let number = 1; number <= count; number += 1) {
    const caseId = `live-${number}`;
    const person = {
      label: "0",
      origin: ORIGINS[number % ORIGINS.length] ?? "syrian",
      form,
      face: NOTO,
      pen: "ballpoint",
      fullness: 0.9,
      defects: [],
      attachments: [],
      tickMarks: {},
      signature: "normal",
      areCardSidesApart: false,
    } as const;
    const submission = await makeSubmission(
      {
        caseId,
        set: "live",
        seed: caseId,
        receivedOn: today,
        sessions: sessions.sessions,
        container: "acroLive",
        severity: "clean",
        pageOrder: "normal",
        scan: { mode: "grey", dpi: 150, skewDeg: 0, scaling: 0, damages: [] },
        jpegQuality: 70,
        people: [person],
        hasCover: false,
        isPermitSideways: false,
      },
      makeRandom(caseId),
    );
    const [file] = submission.files;
    if (file !== undefined) files.push({ name: `lomake-${number}.pdf`, bytes: file.bytes });
  }
  return { files, sessions };
}
