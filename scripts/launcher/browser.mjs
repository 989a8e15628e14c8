// Opens the address in the visitor's browser: a courtesy that is never an error.
import { spawn } from 'node:child_process';

const OPENERS = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''], linux: ['xdg-open'] };

/** Whether somebody sits before this terminal and a browser could appear there. */
export function mayOpenBrowser() {
  if (process.env.CI || !process.stdout.isTTY) return false;
  return (
    process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
  );
}

/** Watches a server's output and opens the first address that it names. */
export function openFirstAddress() {
  let opened = false;
  return (output) => {
    const address = /https?:\/\/[^\s"'<>]+/.exec(output)?.[0];
    if (opened || address === undefined) return;
    opened = true;
    const [command, ...args] = OPENERS[process.platform] ?? OPENERS.linux;
    const child = spawn(command, [...args, address], { stdio: 'ignore', detached: true });
    child.on('error', () => console.log('No browser could be opened; the address is above.'));
    child.unref();
  };
}
