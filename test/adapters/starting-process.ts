import { startEmbeddedPostgres } from "../../src/adapters/embedded-postgres.ts";

/** Started twice at once by a test: prints the server's process id, holds on until its input ends, lets go. */
const server = await startEmbeddedPostgres({ home: process.argv[2] ?? "" });
process.stdout.write(`${server.pid()}\n`);
process.stdin.on("end", async () => {
  await server.stop();
  process.stdout.write("stopped\n");
});
process.stdin.resume();
