import { openOffice } from "../../src/compose.ts";
import { Config } from "../../src/config.ts";
import { openLog } from "../../src/log.ts";
import { startMail } from "../../src/service-mail.ts";
import { inspectText, openTestWorkFolder } from "./mail-setup.ts";

// Run as a program of its own, so that it can be killed. Tells its memory twenty times a second.
if (process.argv[1] === import.meta.filename) {
  const config = Config.parse(JSON.parse(process.env.ILMO_TEST_CONFIG ?? ""));
  const log = openLog({ logLevel: "silent" });
  const office = await openOffice(config, log, false);
  startMail({ config, office, log, inspect: inspectText, openWorkFolder: openTestWorkFolder });
  process.on("disconnect", () => process.exit());
  setInterval(() => process.send?.({ memoryMb: process.memoryUsage.rss() / 1024 ** 2 }), 50);
}
