import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { DeskClient } from '../../shared/ipc/client.ts';
import { chromiumArgs, chromiumPath } from '../../tools/chromium.ts';
import { askDesk } from './ask.ts';
import { type RunningProcess, scratchFolder, startProcess } from './processes.ts';

interface Demonstration {
  readonly password: string;
  readonly desks: readonly {
    readonly colleges: readonly string[];
    readonly desk: string;
    readonly enrolCode: string;
  }[];
  readonly people: readonly {
    readonly name: string;
    readonly email: string;
    readonly role: string;
    readonly colleges: readonly string[];
  }[];
}

/** One server, any number of desks and a browser, all real processes over folders of their own. */
export class System {
  readonly folder: string;
  readonly browser: Browser;
  readonly #remove: () => Promise<void>;
  readonly #desks: DeskWindow[] = [];
  server: RunningProcess;
  readonly demonstration: Demonstration;
  readonly #port: string;
  readonly #startServer: StartServer;

  private constructor(
    folder: string,
    remove: () => Promise<void>,
    browser: Browser,
    server: RunningProcess,
    demonstration: Demonstration,
    start: StartServer,
  ) {
    this.folder = folder;
    this.#remove = remove;
    this.browser = browser;
    this.server = server;
    this.demonstration = demonstration;
    this.#port = new URL(server.address).port;
    this.#startServer = start;
  }

  /**
   * A server with the demonstration group, which tells its enrolment codes and people.
   * @param start how its process starts each time; from its command line when absent
   */
  static async start(start: StartServer = startServer): Promise<System> {
    const { folder, remove } = await scratchFolder();
    const browser = await chromium.launch({ executablePath: await chromiumPath(), args: chromiumArgs() });
    const server = await start(serverEnvironment(folder, '0'), folder);
    const demonstration = await readDemonstration(server.address);
    return new System(folder, remove, browser, server, demonstration, start);
  }

  /** Starts the server again on its old port, over the same data. */
  async startServerAgain(): Promise<void> {
    this.server = await this.#startServer(serverEnvironment(this.folder, this.#port), this.folder);
  }

  /** @param start how its process starts each time; as a process of its own when absent */
  async desk(name: string, start: StartDesk = startDesk): Promise<DeskWindow> {
    const desk = await DeskWindow.open(this, name, start);
    this.#desks.push(desk);
    return desk;
  }

  /** What every window shows now, for whoever has to find out why a test failed. */
  async takePictures(folder: string): Promise<void> {
    for (const desk of this.#desks) {
      await desk.page.screenshot({ path: join(folder, `${desk.name}.png`) }).catch(() => undefined);
    }
  }

  async stop(): Promise<void> {
    for (const desk of this.#desks) await desk.close();
    await this.browser.close();
    await this.server.stop();
    await this.#remove();
  }
}

const readDemonstration = async (address: string): Promise<Demonstration> =>
  (await (await fetch(`${address}/demo`)).json()) as Demonstration;

const serverEnvironment = (folder: string, port: string) => ({
  MUNIM_DEMO: '1',
  MUNIM_SERVER_PORT: port,
  MUNIM_SERVER_DATA: join(folder, 'server'),
});

export type StartServer = (environment: Readonly<Record<string, string>>, folder: string) => Promise<RunningProcess>;

const startServer: StartServer = (environment, folder) =>
  startProcess(
    [join('sync-server', 'main', 'main.ts')],
    environment,
    /^listening (http\S+)/m,
    join(folder, 'server.log'),
  );

export type StartDesk = (folder: string, name: string) => Promise<RunningProcess>;

/** A desk process and the window that shows it. */
export class DeskWindow {
  readonly name: string;
  readonly page: Page;
  readonly #system: System;
  readonly #start: StartDesk;
  #process: RunningProcess;
  /** What the page complained about; a test ends with none of it. */
  readonly complaints: string[] = [];

  private constructor(system: System, name: string, page: Page, start: StartDesk, process: RunningProcess) {
    this.#system = system;
    this.#start = start;
    this.name = name;
    this.page = page;
    this.#process = process;
    // Playwright catches file choosers only while somebody listens, and switches that on beside the key that opens one.
    page.on('filechooser', () => undefined);
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/WebSocket connection|ERR_CONNECTION_REFUSED/.test(message.text())) {
        this.complaints.push(message.text());
      }
    });
  }

  static async open(system: System, name: string, start: StartDesk): Promise<DeskWindow> {
    const process = await start(system.folder, name);
    const context = await system.browser.newContext({
      viewport: { width: 1366, height: 768 },
      acceptDownloads: true,
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    await page.goto(process.address);
    return new DeskWindow(system, name, page, start, process);
  }

  async enrol(colleges: readonly string[]): Promise<void> {
    const { server } = this.#system;
    // A code works once; each asking makes fresh ones.
    const { desks } = await readDemonstration(server.address);
    const wanted = desks.find((desk) => desk.colleges.join() === colleges.join());
    if (!wanted) throw new Error(`no enrolment code for ${colleges.join()}`);
    await this.page.getByLabel('Server address').fill(server.address);
    await this.page.getByLabel('Enrolment code').fill(wanted.enrolCode);
    await this.page.getByLabel('Name of this desk').fill(this.name);
    await this.page.getByRole('button', { name: 'Join' }).click();
    await this.page.getByRole('heading', { name: 'Sign in' }).waitFor({ timeout: 60_000 });
  }

  async signIn(role: string, college: string): Promise<void> {
    const { demonstration } = this.#system;
    const person = demonstration.people.find((one) => one.role === role && one.colleges.includes(college));
    if (!person) throw new Error(`nobody is ${role} of ${college}`);
    await this.page.getByLabel('E-mail').fill(person.email);
    await this.page.getByLabel('Password').fill(demonstration.password);
    await this.page.keyboard.press('Enter');
    await this.page.getByLabel('Password').waitFor({ state: 'detached', timeout: 60_000 });
  }

  /** Asks the desk itself, past its window. */
  ask<T>(question: (client: DeskClient) => Promise<T>): Promise<T> {
    return askDesk(this.#process.address, question);
  }

  /** Waits until the server has everything of this desk and this desk everything of the server. */
  async synced(): Promise<void> {
    const deadline = Date.now() + 180_000;
    for (;;) {
      const status = await this.ask((client) => client.call('sync.now', {}));
      if (status.state === 'synced' && status.pending === 0) return;
      if (Date.now() > deadline) throw new Error(`${this.name} is not synced: ${JSON.stringify(status)}`);
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }

  /** The power button: the desk's processes are gone in an instant. */
  async kill(): Promise<void> {
    await this.#process.kill();
  }

  /** The desk is closed in order, as in the evening. */
  async shutDown(): Promise<void> {
    await this.page.goto('about:blank');
    await this.#process.stop();
  }

  /** Starts the desk again over its folder and shows it. */
  async startAgain(): Promise<void> {
    this.#process = await this.#start(this.#system.folder, this.name);
    await this.page.goto('about:blank');
    await this.page.goto(this.#process.address);
  }

  async goTo(path: string): Promise<void> {
    await this.page.evaluate((hash) => {
      location.hash = hash;
    }, path);
  }

  async close(): Promise<void> {
    await this.page.context().close();
    await this.#process.stop();
  }
}

const startDesk = (folder: string, name: string): Promise<RunningProcess> =>
  startProcess(
    [join('electron', 'composition', 'headless-main.ts'), '--data', join(folder, name)],
    {},
    /^desk (http\S+)/m,
    join(folder, `${name}.log`),
  );
