import { z } from "zod";
import { serveWorker } from "../../src/adapters/worker-serve.ts";
import { IlmoError } from "../../src/errors.ts";

/** A worker that does what it is told: answer, hang, crash, eat memory or leave some behind, lie, fail. */
const held: Buffer[] = [];

serveWorker(z.object({ act: z.string() }), async ({ act }, onProgress) => {
  switch (act) {
    case "hang":
      return new Promise(() => setInterval(() => {}, 1_000));
    case "busy":
      for (;;) held.length = 0;
    case "crash":
      return process.exit(3);
    case "eat":
      for (;;) {
        held.push(Buffer.alloc(8 << 20, 1));
        await new Promise((done) => setTimeout(done, 5));
      }
    case "fill": {
      const heap: object[] = [];
      for (;;) heap.push({ entry: [heap.length] });
    }
    case "leave":
      held.push(Buffer.alloc(60 << 20, 1));
      return { answer: String(process.pid) };
    case "large": {
      const page = Buffer.alloc(100 << 20, 1);
      await new Promise((done) => setTimeout(done, 400));
      return { answer: String(process.pid + page.length * 0) };
    }
    case "lie":
      return { answer: 42 };
    case "fault":
      throw new IlmoError("fileDamaged", "Expected a whole file; this one is cut off.", { context: { at: 7 } });
    case "foreign":
      throw new Error("ENOENT: /inbox/Hakimi Noor.pdf");
    case "slow":
      for (let step = 0; step < 4; step++) {
        await new Promise((done) => setTimeout(done, 150));
        onProgress({ step });
      }
      return { answer: String(process.pid) };
    default:
      return { answer: String(process.pid) };
  }
});
