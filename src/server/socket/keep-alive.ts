import type { WebSocket } from "ws";

/**
 * Pings `socket` every `ping` ms and drops it when nothing, not even a pong, has come for `silence` ms: a cut line
 * ends no connection by itself. Ends with the socket.
 */
export function keepAlive(
  socket: WebSocket,
  { ping, silence }: { ping: number; silence: number },
  onSilent: () => void,
): void {
  const pings = setInterval(() => socket.ping(), ping);
  const silent = setTimeout(() => {
    onSilent();
    socket.terminate();
  }, silence);
  const heard = () => silent.refresh();
  socket.on("message", heard).on("ping", heard).on("pong", heard);
  socket.once("close", () => {
    clearInterval(pings);
    clearTimeout(silent);
  });
}
