import type { WebSocket } from "ws";

interface Goodbye {
  readonly code: number;
  readonly reason: string;
  /** Milliseconds for the peer to take it and say goodbye too. */
  readonly patience: number;
}

/** Ends a connection with a code that says why, and cuts it when the peer does not take it. */
export function closeSocket(socket: WebSocket, { code, reason, patience }: Goodbye): void {
  if (socket.readyState !== socket.OPEN) return;
  socket.close(code, reason);
  // Its goodbye would not be read otherwise.
  socket.resume();
  const cut = setTimeout(() => socket.terminate(), patience);
  socket.once("close", () => clearTimeout(cut));
}
