/** Websites of others for the tests of the widget, and a server between them and ours that can be made to fail. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

async function listen(server: Server, port = 0): Promise<string> {
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/** A website of somebody else. */
export class Host {
  private readonly pages = new Map<string, { html: string; headers: Record<string, string> }>();
  private readonly server = createServer((request, response) => {
    const page = this.pages.get(request.url ?? "");
    response.writeHead(page ? 200 : 404, { "content-type": "text/html; charset=utf-8", ...page?.headers });
    response.end(page?.html);
  });
  origin = "";

  static async open(): Promise<Host> {
    const host = new Host();
    host.origin = await listen(host.server);
    return host;
  }

  /** Puts a page on the website; gives its address. */
  page(body: string, { head = "", attributes = 'lang="nl"', headers = {} }: { head?: string; attributes?: string; headers?: Record<string, string> } = {}): string {
    const path = `/${String(this.pages.size)}`;
    const html = `<!DOCTYPE html><html ${attributes}><head><meta charset="utf-8"><title>Gemeente</title>${head}</head><body><main><h1>Gemeente</h1>${body}</main></body></html>`;
    this.pages.set(path, { html, headers });
    return this.origin + path;
  }

  close(): Promise<void> {
    return close(this.server);
  }
}

/** What a library may set, as `/v1/profiles/{id}` says it. */
export const gorinchem = {
  id: "gorinchem",
  name: "Bibliotheek Gorinchem",
  theme: { accent: "#7a1f5c", accent_dark: "#501039", accent_soft: "#f7e9f2", ink: "#1b1f24", paper: "#ffffff", font: "Georgia" },
  contact: { phone: "0183 123 456" },
  defaults: { radius_km: 10 },
  national: "https://landelijk.example/",
};

type Answer = (request: IncomingMessage, response: ServerResponse) => boolean;

/** Passes on to our server, as one that has profiles; `answer` may take a request away from it. */
export class Front {
  readonly asked: IncomingMessage[] = [];
  answer: Answer = () => false;
  origin = "";
  private server: Server | undefined;

  constructor(
    private readonly behind: string,
    private readonly allowed: string,
  ) {}

  /** Starts it; again at the same address after it was stopped. */
  async start(): Promise<this> {
    this.server = createServer((request, response) => {
      void this.serve(request, response);
    });
    this.origin = await listen(this.server, Number(new URL(this.origin || "http://x:0").port));
    return this;
  }

  async stop(): Promise<void> {
    if (this.server) await close(this.server);
    this.server = undefined;
  }

  /** A refusal in problem details, as our server gives it. */
  refuse(status: number, type: string, detail: string): void {
    this.answer = (request, response) => {
      if (!request.url?.startsWith("/v1/")) return false;
      response.writeHead(status, { ...this.readable(request), "content-type": "application/problem+json" });
      response.end(JSON.stringify({ type, title: "Geweigerd", status, detail, national: gorinchem.national }));
      return true;
    };
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.asked.push(request);
    if (this.answer(request, response)) return;
    const url = new URL(request.url ?? "/", this.behind);
    const profile = /^\/v1\/profiles\/(\w+)$/.exec(url.pathname)?.[1];
    if (profile) {
      response.writeHead(200, { ...this.readable(request), "content-type": "application/json" });
      const named = profile === "gorinchem" ? gorinchem : { ...gorinchem, id: profile, name: "Landelijk", theme: { accent: "#0b4f8a" } };
      response.end(JSON.stringify(named));
      return;
    }
    url.searchParams.delete("profile");
    const answer = await fetch(url);
    const body = Buffer.from(await answer.arrayBuffer());
    const own = url.pathname.startsWith("/v1/") ? this.readable(request) : {};
    const kept = ["content-type", "access-control-allow-origin", "cross-origin-resource-policy", "cache-control"];
    const headers = kept.flatMap((name) => (answer.headers.has(name) ? [[name, answer.headers.get(name)!]] : []));
    response.writeHead(answer.status, { ...(Object.fromEntries(headers) as Record<string, string>), ...own });
    response.end(body);
  }

  private readable(request: IncomingMessage): Record<string, string> {
    return request.headers.origin === this.allowed ? { "access-control-allow-origin": this.allowed, vary: "origin" } : { vary: "origin" };
  }
}
