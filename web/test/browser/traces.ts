/** What a server wrote while browsers used it, searched for what would lead to a visitor. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** A whole postcode, and the address of a machine. Words such as `3011 in` are none. */
const traces = [/(?<![\w.])[1-9]\d{3} ?[A-Z]{2}(?!\w)/, /(?<![\w.])[1-9]\d{3}[a-z]{2}(?!\w)/, /\b\d{1,3}(\.\d{1,3}){3}\b/, /\[[\da-f:]*::[\da-f:]*\]/];

/** Lines of files below a folder, but those of its public parts, that hold a trace or one of the words that were typed. */
export function findTraces(folder: string, publicParts: string[], typed: string[]): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !publicParts.some((part) => relative(folder, file).startsWith(part)));
  return files.flatMap((file) =>
    readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => traces.some((trace) => trace.test(line)) || typed.some((word) => line.toLowerCase().includes(word)))
      .map((line) => `${relative(folder, file)}: ${line}`),
  );
}
