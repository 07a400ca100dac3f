/** Asks the server, and sorts what can go wrong by what can be done about it. */
import { whereabouts } from "./postcode";

/** An offering as it is shown. */
export interface Offering {
  id: string;
  title: string;
  organisation?: string;
  address?: string;
  place?: string;
  example?: boolean;
  texts?: { distance?: string; opening?: string; open?: boolean; cost?: string };
}

/** What was found. */
export interface Answer {
  query?: { outside_region?: boolean };
  total?: number;
  offerings: Offering[];
  area_wide: Offering[];
  texts?: { heading?: string };
}

/** What a profile says of itself; any of it may be absent. */
export interface Profile {
  name?: string;
  theme?: Record<string, unknown>;
  contact?: { phone?: string | null } | null;
  defaults?: { radius_km?: number | null } | null;
  national?: string;
}

/** The server does not answer, or cannot now. */
export class Away extends Error {}

/** What was typed cannot be found; `code` says why. */
export class Mistake extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** The server does not serve this page: no such profile, a licence that is over, another site's licence. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    readonly national: string | undefined,
    detail: string,
  ) {
    super(detail);
  }
}

/** How long an answer may take. */
const PATIENCE_MS = 8_000;
/** How far we look, further until something is found, in kilometres. */
const RADII_KM = [5, 10, 25, 50];

/** What is asked. */
export interface Question {
  server: string;
  profile: string;
  typed: string;
  themes: string;
  limit: number;
  lang: string;
  /** How far we look first, in kilometres. */
  radiusKm: number | undefined;
}

/** What is near; looks further and further until there is something. */
export async function nearest(question: Question, signal: AbortSignal): Promise<Answer> {
  const { server, profile, typed, themes, limit, lang, radiusKm = RADII_KM[0] ?? 0 } = question;
  const asked = { ...whereabouts(typed), limit: String(limit), texts: lang, profile, theme: themes };
  const given = Object.entries(asked).filter(([, value]) => value !== "");
  let answer: Answer = { offerings: [], area_wide: [] };
  const radii = [radiusKm, ...RADII_KM.filter((km) => km > radiusKm)];
  for (const km of radii) {
    const query = new URLSearchParams([...given, ["radius", String(km * 1_000)]]);
    // For who counts questions, all of this is one.
    if (km !== radii.at(-1)) query.set("further", "true");
    answer = (await get(`${server}/v1/offerings?${query.toString()}`, signal)) as Answer;
    if (answer.total) break;
  }
  return answer;
}

/** The public part of a profile. */
export async function profileOf(server: string, id: string, signal: AbortSignal): Promise<Profile> {
  return (await get(`${server}/v1/profiles/${encodeURIComponent(id)}`, signal)) as Profile;
}

async function get(address: string, signal: AbortSignal): Promise<unknown> {
  const own = new AbortController();
  const stop = () => {
    own.abort();
  };
  const timer = setTimeout(stop, PATIENCE_MS);
  signal.addEventListener("abort", stop, { once: true });
  try {
    const answer = await fetch(address, { credentials: "omit", referrerPolicy: "no-referrer", signal: own.signal });
    if (answer.ok) return await answer.json();
    throw await trouble(answer);
  } catch (error) {
    throw error instanceof Mistake || error instanceof Refused ? error : new Away();
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  }
}

/** Problem details (RFC 9457), or what comes of an answer that has none. */
async function trouble(answer: Response): Promise<Error> {
  // Too much at once is over in a while.
  if (answer.status >= 500 || answer.status === 429) return new Away();
  const problem = (await answer.json().catch(() => ({}))) as {
    type?: string;
    title?: string;
    detail?: string;
    national?: string;
    invalid_params?: { name: string; code: string }[];
  };
  const wrong = problem.invalid_params?.find(({ name }) => name === "postcode" || name === "place");
  if (wrong) return new Mistake(wrong.code);
  return new Refused(answer.status, problem.type ?? "", problem.national, [problem.title, problem.detail].filter(Boolean).join(". "));
}
