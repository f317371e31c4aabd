import type { Analysis, FleetAnalysis, RunbookAnalysis } from '../lint/analysis.ts';
import { stepNumber } from '../model/step-number.ts';
import { counted } from '../rules/telling/words.ts';
import { type Span, shift } from '../syntax/span.ts';
import type { Place } from './place.ts';
import { range } from './steps/figures.ts';
import { stepLabel } from './steps/step-label.ts';
import { type Tightest, tightestPoint, tightestPoints } from './steps/tightest.ts';

/** A line above a line of the file. */
export interface Lens {
  readonly span: Span;
  readonly title: string;
  /** Where it leads; none where it only says something. */
  readonly places: readonly Place[];
}

/** A line above a subsystem of a fleet, which takes all runbooks of the fleet to work out. */
interface SubsystemLens {
  readonly span: Span;
  readonly subsystem: string;
}

/** Above the title of a runbook: its tightest point, as far as its steps can be told. */
export function runbookLens(analysis: RunbookAnalysis): Lens | undefined {
  const span = analysis.head.titleKey;
  if (span === undefined || analysis.runs.length === 0) return undefined;
  const point = tightestPoint(analysis);
  const { safe, unsafe, unknown } = analysis.verdicts;
  const untold = unknown === 0 ? '' : ` · ${unknown} of ${counted(safe + unsafe + unknown, 'step')} cannot be told`;
  if (point === undefined) {
    const title = unknown === 0 ? 'No step changes capacity' : 'No step is known to change capacity';
    return { span, title: title + untold, places: [] };
  }
  const fleet = analysis.runs.length > 1 ? ` on ${fleetOf(analysis, point)}` : '';
  return {
    span,
    title: `${margin(point)}: ${pointText(analysis, point)}${fleet}${untold}`,
    places: [placeOf(analysis, point)],
  };
}

function margin({ margin: units, lowest, minimum }: Tightest): string {
  if (units < 0) return `${lowest.best < minimum ? '' : 'May be '}${-units} below the minimum`;
  return units === 0 ? 'Tightest, exactly at the minimum' : `Tightest, ${units} to spare`;
}

function pointText(analysis: RunbookAnalysis, { subsystem, lowest, minimum, here }: Tightest): string {
  const number = stepNumber(here.path.join('.'));
  return `${subsystem} ${range(lowest)}/${minimum} in step ${number}, ${stepLabel(analysis, here.place, here.reading.step)}`;
}

function placeOf({ uri }: RunbookAnalysis, { here }: Tightest): Place {
  return { uri, span: shift(here.reading.step.key, here.place.offset) };
}

function fleetOf({ runs }: RunbookAnalysis, point: Tightest): string {
  const run = runs.find((_, i) => point.here.outcomes[i]?.figures.some(({ lowest }) => lowest === point.lowest));
  return run?.fleet.fleet.name?.value ?? '';
}

/** Above each subsystem of a fleet. */
export function subsystemLenses({ fleet }: FleetAnalysis): readonly SubsystemLens[] {
  return fleet.subsystems.flatMap(({ name }) =>
    name.value === undefined ? [] : [{ span: name.span, subsystem: name.value }],
  );
}

/** Which of the runbooks touch the subsystem, and how close they come to its minimum. */
export function subsystemLens(
  fleet: FleetAnalysis,
  { span, subsystem }: SubsystemLens,
  all: readonly Analysis[],
): Lens {
  const own = all.flatMap((file) => {
    const run = file.kind === 'runbook' ? file.runs.findIndex((one) => one.fleet.uri === fleet.uri) : -1;
    return file.kind !== 'runbook' || run < 0 ? [] : [{ runbook: file, run }];
  });
  const points = own
    .flatMap(({ runbook, run }) => {
      const point = tightestPoints(runbook)[run]?.find((one) => one?.subsystem === subsystem);
      return point === undefined ? [] : [{ runbook, point }];
    })
    .toSorted((a, b) => a.point.margin - b.point.margin);
  const unknown = own.reduce((sum, { runbook }) => sum + runbook.verdicts.unknown, 0);
  const untold = unknown === 0 ? '' : ` · ${counted(unknown, 'step')} cannot be told`;
  const [closest] = points;
  if (closest === undefined) {
    const title = unknown === 0 ? 'No runbook touches it' : 'No runbook is known to touch it';
    return { span, title: title + untold, places: [] };
  }
  const { runbook, point } = closest;
  const many = points.length === 1 ? '1 runbook touches it' : `${points.length} runbooks touch it`;
  const where = decodeURIComponent(runbook.uri.slice(runbook.uri.lastIndexOf('/') + 1));
  const how = points.length === 1 ? 'down to' : 'the closest down to';
  return {
    span,
    title: `${many}, ${how} ${range(point.lowest)}/${point.minimum} in ${where}${untold}`,
    places: points.map((one) => placeOf(one.runbook, one.point)),
  };
}
