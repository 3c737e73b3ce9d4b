import { rotateBlobs } from "../../src/adapters/blob-store-rotation.ts";

/** Started by a test that kills it: rotates the store of argv[2] from the key argv[3] to argv[4], and prints a line a blob. */
const [, , folder = "", from = "", to = ""] = process.argv;
const keys = { key: Buffer.from(to, "base64"), previousKeys: [Buffer.from(from, "base64")] };
await rotateBlobs({ folder, ...keys }, () => process.stdout.write("."));
