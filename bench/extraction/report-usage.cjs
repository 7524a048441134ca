// Loaded before a program that is measured: when it ends, its own CPU time and largest memory go to the file that RADLOOM_BENCH_USAGE names.
const { writeFileSync } = require('node:fs');

process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  writeFileSync(process.env.RADLOOM_BENCH_USAGE, JSON.stringify({ cpu: (user + system) / 1000, peak: process.resourceUsage().maxRSS / 1024 }));
});
