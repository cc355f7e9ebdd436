/** As much of a browser as a sign-in needs: cookies per origin, redirects one at a time. */

export class Browser {
  private readonly jars = new Map<string, Map<string, string>>();

  async get(url: string): Promise<Response> {
    return this.send(url, {});
  }

  async postForm(url: string, form: Readonly<Record<string, string>>): Promise<Response> {
    return this.send(url, { method: "POST", body: new URLSearchParams(form) });
  }

  /** The `Cookie` header this browser would send there. */
  cookies(url: string): string {
    return [...this.jar(url)].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  /** Follows redirects until something else is answered; returns it and where that was. */
  async follow(response: Response, from: string): Promise<{ response: Response; url: string }> {
    let [current, url] = [response, from];
    for (let hops = 0; hops < 20; hops += 1) {
      const location = current.headers.get("location");
      if (location === null) return { response: current, url };
      url = new URL(location, url).href;
      current = await this.get(url);
    }
    throw new Error("redirected without end");
  }

  private async send(url: string, init: RequestInit): Promise<Response> {
    const response = await fetch(url, { ...init, redirect: "manual", headers: { cookie: this.cookies(url) } });
    const jar = this.jar(url);
    for (const line of response.headers.getSetCookie()) {
      const [pair = "", ...attributes] = line.split(";");
      const [name = "", value = ""] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
      const expires = attributes.find((attribute) => /^\s*expires=/i.test(attribute))?.split("=")[1];
      if (value === "" || (expires && new Date(expires).getTime() < Date.now())) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }

  private jar(url: string): Map<string, string> {
    const { origin } = new URL(url);
    const jar = this.jars.get(origin) ?? new Map<string, string>();
    this.jars.set(origin, jar);
    return jar;
  }
}
