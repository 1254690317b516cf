// Preloaded by the benchmark: prints the peak resident memory of a process when it ends.
process.on('exit', () =>
  process.stderr.write(`peak-kib ${process.resourceUsage().maxRSS}\n`),
);
