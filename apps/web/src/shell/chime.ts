/** Two short tones, made here: no file to load, and loud enough to be noticed across a room. */
export function chime(): void {
  const context = new AudioContext();
  tone(context, 880, 0);
  tone(context, 660, 0.18);
  setTimeout(() => void context.close(), 700);
}

function tone(context: AudioContext, frequency: number, after: number): void {
  const oscillator = context.createOscillator();
  const volume = context.createGain();
  const at = context.currentTime + after;
  oscillator.frequency.value = frequency;
  volume.gain.setValueAtTime(0.0001, at);
  volume.gain.exponentialRampToValueAtTime(0.3, at + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.17);
  oscillator.connect(volume).connect(context.destination);
  oscillator.start(at);
  oscillator.stop(at + 0.18);
}
