/** What a browser's WebSocket and the one of the package `ws` have in common. */
export interface SocketLike {
  readonly readyState: number;
  send(data: string): void;
  close(): void;
  addEventListener(type: "message", listener: (event: { data: unknown }) => void): void;
  addEventListener(type: "open" | "close" | "error", listener: () => void): void;
}

export type SocketConstructor = new (url: string) => SocketLike;

/** As `readyState` has it. */
export const OPEN = 1;
