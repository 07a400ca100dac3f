/** What was typed, as the server asks for it. */

/** A postcode with or without letters, or else the name of a place. */
export function whereabouts(typed: string): { postcode: string } | { place: string } {
  const text = typed.trim();
  // People paste the town behind it: 3512 AB Utrecht.
  const [, digits, letters = ""] = /^(\d{4})[\s-]*(?:([a-z]{2})(?![a-z]))?(?:[\s,-]+.*[a-z]{3}.*)?$/i.exec(text) ?? [];
  if (digits) return { postcode: digits + letters };
  return /^\d/.test(text) ? { postcode: text } : { place: text };
}

/** What a page around us may know: the four digits, or the name of a place. */
export function rough(typed: string): string {
  return /^\s*\d{4}/.exec(typed)?.[0].trim() ?? (/^\s*\d/.test(typed) ? "" : typed.trim());
}
