import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { openHost } from "./hosts";
import { writeProfiles } from "./profiles";
import { findTraces } from "./traces";

/**
 * Indexes the sample and serves it on a free port, beside a website of somebody else; gives the way to stop. `NABIJ` names another program than the debug
 * build, `NABIJ_SOURCES` other files to index. Once stopped, what it wrote is searched: nothing may lead to a visitor.
 */
export default async function serveSample(): Promise<() => Promise<void>> {
  const root = resolve(import.meta.dirname, "../../..");
  const nabij = process.env["NABIJ"] ?? join(root, "target/debug/nabij");
  if (!existsSync(nabij)) throw new Error(`${nabij} is not there; run cargo build first`);
  const folder = mkdtempSync(join(tmpdir(), "nabij-browser-"));
  const index = join(folder, "index");
  const sample = "data/sample/offerings.jsonl web/test/browser/hostile.jsonl";
  const sources = (process.env["NABIJ_SOURCES"] ?? sample).split(" ").map((path) => resolve(root, path));
  execFileSync(nabij, ["index", ...sources, "--out", index], { stdio: "ignore" });
  const corrections = join(folder, "corrections");
  const profiles = join(folder, "profiles");
  const host = await openHost();
  writeProfiles(join(root, "profiles"), profiles, host.origin);
  const options = ["--index", index, "--listen", "127.0.0.1:0", "--corrections", corrections, "--profiles", profiles];
  const server = spawn(nabij, ["serve", ...options], { stdio: ["ignore", "pipe", "pipe"] });
  server.stderr.pipe(createWriteStream(join(folder, "log")));
  const [address] = (await once(createInterface(server.stdout), "line")) as [string];
  process.env["NABIJ_URL"] = address;
  process.env["NABIJ_HOST"] = host.origin;
  return async () => {
    const gone = once(server, "close");
    server.kill();
    await gone;
    await host.stop();
    const found = findTraces(folder, ["index/", "profiles/"], ["snits", "3011 ad"]);
    rmSync(folder, { recursive: true });
    if (found.length > 0) throw new Error(`the server kept what leads to a visitor:\n${found.join("\n")}`);
  };
}
