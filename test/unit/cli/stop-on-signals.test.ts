import { EventEmitter } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Interrupted, type StopSignal, stopOnSignals } from "../../../src/cli/stop.ts";

describe("a signal to stop", () => {
  let process: EventEmitter;
  let controller: AbortController;
  let exits: number[];
  let stopListening: () => void;
  const send = (name: StopSignal) => process.emit(name, name);

  beforeEach(() => {
    vi.useFakeTimers();
    process = new EventEmitter();
    controller = new AbortController();
    exits = [];
    stopListening = stopOnSignals(process, controller, (code) => exits.push(code));
  });
  afterEach(() => vi.useRealTimers());

  it("aborts the command, and leaves it to end by itself", () => {
    send("SIGINT");
    expect(controller.signal.reason).toBeInstanceOf(Interrupted);
    expect(exits).toEqual([]);
  });

  it.each([
    ["SIGINT", 130, 700],
    ["SIGHUP", 129, 700],
    ["SIGTERM", 143, 11_000],
  ] as const)("ends the process after %s with %i at the latest after %i ms", (name, code, after) => {
    send(name);
    vi.advanceTimersByTime(after - 1);
    expect(exits).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(exits).toEqual([code]);
  });

  it("ends the process at once on a second one", () => {
    send("SIGTERM");
    vi.advanceTimersByTime(300);
    send("SIGINT");
    expect(exits).toEqual([130]);
  });

  it("takes two within one key press as one", () => {
    send("SIGINT");
    vi.advanceTimersByTime(50);
    send("SIGINT");
    expect(exits).toEqual([]);
  });

  it("stops listening", () => {
    send("SIGINT");
    stopListening();
    vi.advanceTimersByTime(60_000);
    expect(exits).toEqual([]);
    expect(process.listenerCount("SIGINT")).toBe(0);
  });
});
