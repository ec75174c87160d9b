/** The machine's time, in epoch milliseconds. Whoever needs another one passes it in. */
export const machineTime = (): number => Date.now();
