import { Command, InvalidArgumentError, Option } from 'commander';
import { fail } from './errors.js';
import { version } from './version.js';

const examples = {
  top: `
Examples:
  $ radloom init scans/                          a study file for a folder of scans
  $ radloom run radloom.study.yaml               from scans to a report, running only what changed
  $ radloom plan radloom.study.yaml              what would run, what is cached
  $ radloom extract ct.nii.gz lesion.nii.gz      features of one region, as CSV on standard output

Research use only: not a medical device.`,
  run: `
Examples:
  $ radloom run radloom.study.yaml
  $ radloom run study.yaml --jobs 2 --out results --cache /scratch/radloom
  $ radloom run study.yaml --set DATA=/data/cohort
  $ radloom run study.yaml --json > events.ndjson

Exit status: 0 all well, 1 failed, 3 finished with failed cases.`,
  plan: `
Examples:
  $ radloom plan radloom.study.yaml
  $ radloom plan radloom.study.yaml --explain
  $ radloom plan radloom.study.yaml --json`,
  extract: `
Examples:
  $ radloom extract ct.nii.gz lesion.nii.gz
  $ radloom extract ct-series/ lesion.seg.nrrd --label 2 --params Params.yaml --output features.csv
  $ radloom extract image.nrrd mask.nrrd --format json
  $ radloom extract --batch cases.csv --params Params.yaml --output features.csv
  $ radloom extract --batch cases.xlsx --labels all --keep PatientID --cache cache --output features.parquet

IMAGE and MASK are files (.nii, .nii.gz, .nrrd, .nhdr, .seg.nrrd) or folders of DICOM slices.
JSON is { "case", "features": { name: number or null }, "reasons", "diagnostics" }; of a batch, a list of these.
A batch table has the columns Image and Mask, and Label and Label_channel where rows differ, as PyRadiomics' has; paths are relative to it.
PyRadiomics copies every other column to its output, names and birth dates too: here only those that --keep names, or all with --keep all.
A row that fails stays in the output, with its reason. Beside FILE.csv, FILE.reasons.csv says why a value is not defined.

Exit status: 0 all well, 1 failed, 3 finished with failed rows.`,
  cache: `
Examples:
  $ radloom cache stats                               entries and bytes of .radloom/cache
  $ radloom cache ls --cache /scratch/radloom --json
  $ radloom cache verify --repair                     read everything; put aside what is damaged
  $ radloom cache gc --keep-runs 3                    what would go; --remove does it

A cache folder may be cleaned while studies run on it. What is gone is computed again when it is needed.`,
  diff: `
Examples:
  $ radloom diff pyradiomics.csv features.csv
  $ radloom diff old.parquet new.xlsx --tolerance 1e-6 --key PatientID Label
  $ radloom diff a.csv b.csv --format json

Tables are CSV, XLSX, Parquet or JSON: a row a case, a row a feature, or a row a value. Columns are matched by name; original_ may be left out.
Exit status: 0 nothing differs, 1 something does.`,
};

const number = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('A whole number above 0 is needed.');
  return value;
};

const count = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < 0) throw new InvalidArgumentError('A whole number of at least 0 is needed.');
  return value;
};

const tolerance = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0)) throw new InvalidArgumentError('A number of at least 0 is needed.');
  return value;
};

const collect = (text: string, before: string[]): string[] => [...before, text];

/** Parses the command line and runs one command; each loads its own code. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  const program = new Command('radloom')
    .description('Radiomics from scans to a validated model and a report; only what changed runs again.')
    .option('-V, --version', 'print the version')
    .option('--debug', 'print stack traces with errors')
    .configureHelp({ showGlobalOptions: false })
    .showSuggestionAfterError()
    // Before the commands are made: each takes it over, so that a wrong option of any of them ends with 2.
    .exitOverride()
    .addHelpText('after', examples.top);

  const init = program
    .command('init')
    .argument('<folder>')
    .description('look at a folder of scans and write its cohort table and study file')
    .addHelpText('after', '\nExamples:\n  $ radloom init scans/\n  $ radloom init plugin grey-level-spread          a plugin in a repository of its own')
    .action(async (folder: string) => (await import('./commands/init.js')).init(folder));
  init
    .command('plugin <folder>')
    .description('write a plugin package that passes its contract tests; the folder gives its name')
    .option('--kind <kind>', 'feature-family, filter, transform, selector or classifier', 'feature-family')
    .option('--package <name>', 'name of the npm package; default: radloom-feature-NAME and so on')
    .option('--summary <sentence>', 'what it does')
    .addHelpText('after', '\nExamples:\n  $ radloom init plugin grey-level-spread\n  $ radloom init plugin edge --kind filter --package @lab/radloom-edge')
    .action(async (folder: string, options: object) => (await import('./commands/init-plugin.js')).initPlugin(folder, options as never));

  program
    .command('run <study>')
    .description('run a study file: extraction, models, report')
    .option('--jobs <n>', 'worker threads', number)
    .option('--cache <folder>', 'cache folder', '.radloom/cache')
    .option('--out <folder>', 'folder for the report, tables and figures', 'out')
    .option('--set <name=value>', 'value of a variable in the study file; may be repeated', collect, [])
    .option('--retry-failed', 'try again what failed before')
    .option('--verify-inputs', 'read every input file, whatever its time stamp says')
    .option('--json', 'events and result as one JSON object a line on standard output')
    .addHelpText('after', examples.run)
    .action(async (study: string, options: object) => (await import('./commands/run.js')).runStudy(study, options as never));

  program
    .command('plan <study>')
    .description('say what a run would do, without doing it')
    .option('--cache <folder>', 'cache folder', '.radloom/cache')
    .option('--set <name=value>', 'value of a variable in the study file; may be repeated', collect, [])
    .option('--verify-inputs', 'read every input file, whatever its time stamp says')
    .option('--explain', 'for each step that would run: what changed since the last run, and what follows from it')
    .option('--json', 'as JSON')
    .addHelpText('after', examples.plan)
    .action(async (study: string, options: object) => (await import('./commands/plan.js')).planStudy(study, options as never));

  program
    .command('extract')
    .argument('[image]')
    .argument('[mask]')
    .description('features of one region, or of every row of a table')
    .option('--params <file>', "PyRadiomics parameter file; default: PyRadiomics' defaults")
    .option('--label <n>', 'label of the region in the mask', number)
    .option('--volume <n>', 'volume of a four-dimensional image, counted from 0', count)
    .option('--labels <list>', 'all labels of the mask ("all"), or these (1,2,3): a row each')
    .addOption(new Option('--format <format>', "output format; default: the output's ending, or csv").choices(['csv', 'json', 'parquet', 'xlsx']))
    .option('--output <file>', 'write to a file instead of standard output')
    .option('--cache <folder>', 'keep and reuse results in this folder; without it nothing is kept')
    .option('--batch <table>', 'table of cases: CSV or XLSX with the columns Image and Mask')
    .option('--jobs <n>', 'worker threads for a batch; default: all processors', number)
    .option('--keep <columns...>', "the table's columns to copy to the output, or all")
    .option('--encoding <name>', 'encoding of the table; default: UTF-8, or GB 18030 where it cannot be')
    .addHelpText('after', examples.extract)
    .action(async (image: string | undefined, mask: string | undefined, options: object) => (await import('./commands/extract-command.js')).extractCommand(image, mask, { ...options, version: version() }));

  program
    .command('diff <a> <b>')
    .description('compare two feature tables from any tool: what differs, by how much, and the likely setting')
    .option('--tolerance <x>', 'relative difference up to which values are equal', tolerance, 1e-9)
    .option('--absolute <x>', 'absolute difference up to which values are equal', tolerance, 1e-12)
    .option('--key <columns...>', 'columns that say which case a row is; default: case, ID, patient or Image, with Label and Mask where they are needed')
    .option('--common', 'look only at rows and features that both tables have')
    .addOption(new Option('--format <format>', 'output format').choices(['text', 'json']).default('text'))
    .addHelpText('after', examples.diff)
    .action(async (a: string, b: string, options: object) => (await import('./commands/diff.js')).diff(a, b, options as never));

  const cacheOption = ['--cache <folder>', 'cache folder', '.radloom/cache'] as const;
  program
    .command('runs')
    .description('list the runs that a cache remembers')
    .option(...cacheOption)
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  $ radloom runs')
    .action(async (options: object) => (await import('./commands/runs.js')).listRuns(options as never));

  program
    .command('show <run>')
    .description('what one run did: an id as `radloom runs` lists it, its beginning, or "last"')
    .option(...cacheOption)
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  $ radloom show last\n  $ radloom show 20261124T0915 --json')
    .action(async (run: string, options: object) => (await import('./commands/runs.js')).showRun(run, options as never));

  program
    .command('diff-runs <a> <b>')
    .description('what differs between two runs: steps, inputs, results')
    .option(...cacheOption)
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  $ radloom diff-runs 20261124T0915 last')
    .action(async (a: string, b: string, options: object) => (await import('./commands/runs.js')).diffRuns(a, b, options as never));

  program
    .command('graph <study>')
    .description('draw the workflow: what is cached, to run, failed')
    .addOption(new Option('--format <format>', 'output format').choices(['html', 'mermaid', 'dot', 'json']).default('html'))
    .option('--output <file>', 'write to a file instead of standard output')
    .option(...cacheOption)
    .option('--set <name=value>', 'value of a variable in the study file; may be repeated', collect, [])
    .addHelpText('after', '\nExamples:\n  $ radloom graph radloom.study.yaml --output workflow.html\n  $ radloom graph radloom.study.yaml --format mermaid')
    .action(async (study: string, options: object) => (await import('./commands/graph.js')).graphStudy(study, options as never));

  program
    .command('plugins [name]')
    .description('list the standard plugins, or one with its settings: a name, a package, or a path')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  $ radloom plugins\n  $ radloom plugins glcm\n  $ radloom plugins ./spread')
    .action(async (name: string | undefined, options: { json?: boolean }) => (await import('./commands/plugins.js')).showPlugins(name, options.json === true));

  program
    .command('features [name]')
    .description('list every feature with its unit, IBSI code and source')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  $ radloom features\n  $ radloom features Busyness')
    .action(async (name: string | undefined, options: { json?: boolean }) => (await import('./commands/plugins.js')).showFeatures(name, options.json === true));

  program
    .command('doctor')
    .description('look at runtime, memory, cache and fonts')
    .option(...cacheOption)
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  $ radloom doctor')
    .action(async (options: object) => (await import('./commands/doctor.js')).doctor(options as never));

  program
    .command('completion <shell>')
    .description('print a script that completes commands and options: bash, zsh or fish')
    .addHelpText('after', '\nExamples:\n  $ source <(radloom completion bash)\n  $ radloom completion fish > ~/.config/fish/completions/radloom.fish')
    .action(async (shell: string) => (await import('./commands/completion.js')).completion(program, shell));

  const cache = program.command('cache').description('look at, check and clean a cache folder').addHelpText('after', examples.cache);
  const cacheCommand = (name: string, description: string) => cache.command(name).description(description).option(...cacheOption).option('--json', 'as JSON');
  cacheCommand('ls', 'list every entry').addHelpText('after', '\nExample:\n  $ radloom cache ls').action(async (options: object) => (await import('./commands/cache.js')).cacheList(options as never));
  cacheCommand('stats', 'entries and bytes').addHelpText('after', '\nExample:\n  $ radloom cache stats').action(async (options: object) => (await import('./commands/cache.js')).cacheStats(options as never));
  cacheCommand('verify', 'read everything and check it; exit status 1 when something is damaged')
    .option('--repair', 'put damaged entries aside, so that they are computed anew')
    .addHelpText('after', '\nExamples:\n  $ radloom cache verify\n  $ radloom cache verify --repair')
    .action(async (options: object) => (await import('./commands/cache.js')).cacheVerify(options as never));
  cacheCommand('gc', 'remove what no recent run needs; says what would go unless told to')
    .option('--keep-runs <n>', 'runs whose results stay', number, 10)
    .option('--max-bytes <n>', 'remove, oldest first, only until the cache is no larger than this', number)
    .option('--older-than-days <n>', 'remove only what is older than this', number)
    .option('--remove', 'do it')
    .addHelpText('after', '\nExamples:\n  $ radloom cache gc --keep-runs 3\n  $ radloom cache gc --max-bytes 20000000000 --remove')
    .action(async (options: object) => (await import('./commands/cache.js')).cacheCollect(options as never));

  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    fail(error, program.opts<{ debug?: boolean }>().debug === true);
  }
}
