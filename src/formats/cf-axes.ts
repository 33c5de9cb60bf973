/**
 * Which dimension of a variable runs east, which north, and which is time (CF 1.11, 4 and 5).
 *
 *     const axes = axesOf(cube, pr);   // { x: 2, y: 1, others: [{ dimension: 0, kind: 'time', coordinate }] }
 */
import { attributeNumbers, attributeText, type Cube, type CubeVariable, variableNamed } from './cf-cube.ts';

/** One dimension with the variable that says where its places are; `null` where there is none. */
export interface Axis {
  /** Place among the dimensions of the variable. */
  dimension: number;
  coordinate: CubeVariable | null;
}

export interface Axes {
  x: Axis;
  y: Axis;
  /** The other dimensions, as they are stored. */
  others: (Axis & { time: boolean })[];
  /** The variable whose attributes name the system of coordinates; `null` where there is none. */
  mapping: CubeVariable | null;
}

/** Why a variable is no grid: `curved` has two-dimensional coordinates, `rotated` has those of a turned pole. */
export type NoGrid = 'none' | 'curved' | 'rotated';

const EAST = /^degrees?_?(e|east|true)$/i;
const NORTH = /^degrees?_?(n|north)$/i;
const X_NAMES = /^(lon|long|longitude|x|xc|easting|eastings|projection_x_coordinate)$/i;
const Y_NAMES = /^(lat|latitude|y|yc|northing|northings|projection_y_coordinate)$/i;
const T_NAMES = /^(time|times|t|date|year|years|time_counter)$/i;
/** Attributes that name variables which are no grids themselves. */
const HELPERS = ['bounds', 'climatology', 'grid_mapping', 'coordinates', 'formula_terms'];

type AxisKind = 'x' | 'y' | 'time' | 'rotated' | null;

/** What a coordinate variable runs along. */
function kindOf(variable: CubeVariable): AxisKind {
  const standard = attributeText(variable, 'standard_name')?.toLowerCase();
  const axis = attributeText(variable, 'axis')?.toLowerCase();
  const units = attributeText(variable, 'units') ?? '';
  const name = variable.name.split('/').at(-1) ?? '';
  if (standard === 'grid_longitude' || standard === 'grid_latitude') return 'rotated';
  if (standard === 'longitude' || standard === 'projection_x_coordinate' || EAST.test(units)) return 'x';
  if (standard === 'latitude' || standard === 'projection_y_coordinate' || NORTH.test(units)) return 'y';
  if (standard === 'time' || axis === 't' || /\ssince\s|^(day|month|year) as %/i.test(units)) return 'time';
  if (axis === 'x' || axis === 'y') return axis;
  if (X_NAMES.test(name)) return 'x';
  if (Y_NAMES.test(name)) return 'y';
  return T_NAMES.test(name) ? 'time' : null;
}

/** The axes of a variable, or why it is no grid on straight rows and columns. */
export function axesOf(cube: Cube, variable: CubeVariable): Axes | NoGrid {
  if (variable.type === null || variable.dimensions.length < 2) return 'none';
  const mapping = mappingOf(cube, variable);
  const all = variable.dimensions.map((_, dimension): Axis & { kind: AxisKind } => {
    const coordinate = coordinateOf(cube, variable, dimension);
    return { dimension, coordinate, kind: coordinate === null ? null : kindOf(coordinate) };
  });
  if (all.some(({ kind }) => kind === 'rotated') || attributeText(mapping ?? NONE, 'grid_mapping_name') === ROTATED)
    return 'rotated';
  let x = all.find(({ kind }) => kind === 'x');
  let y = all.find(({ kind }) => kind === 'y');
  if (x === undefined && y === undefined) {
    if (isCurved(cube, variable)) return 'curved';
    // written without coordinates: the last two dimensions, placed by a transform
    if (mapping === null || attributeNumbers(mapping, 'GeoTransform').length !== 6) return 'none';
    [y, x] = all.slice(-2);
  }
  if (x === undefined || y === undefined) return isCurved(cube, variable) ? 'curved' : 'none';
  // numbers of columns and rows without a projection, while longitudes and latitudes stand for each cell
  if (mapping === null && !isDegrees(x) && !isDegrees(y) && isCurved(cube, variable)) return 'curved';
  const others = all.filter((axis) => axis !== x && axis !== y);
  return { x, y, others: others.map(({ kind, ...axis }) => ({ ...axis, time: kind === 'time' })), mapping };
}

const NONE: Pick<CubeVariable, 'attributes'> = { attributes: new Map() };
const ROTATED = 'rotated_latitude_longitude';

/** Whether places on an axis are longitudes or latitudes. */
export function isDegrees({ coordinate }: Axis): boolean {
  if (coordinate === null) return false;
  const units = attributeText(coordinate, 'units') ?? '';
  const standard = attributeText(coordinate, 'standard_name')?.toLowerCase() ?? '';
  if (standard === 'longitude' || standard === 'latitude' || EAST.test(units) || NORTH.test(units)) return true;
  const name = coordinate.name.split('/').at(-1) ?? '';
  return !standard.startsWith('projection_') && /^(lon|long|longitude|lat|latitude)$/i.test(name) && /^(degrees?)?$/i.test(units);
}

/** The coordinate variable of a dimension: the one of its name, else one that the variable names and that lies along it alone. */
function coordinateOf(cube: Cube, variable: CubeVariable, place: number): CubeVariable | null {
  const dimension = variable.dimensions[place] as string;
  const along = (found: CubeVariable | null): found is CubeVariable =>
    found !== null && found.type !== null && found.dimensions.length === 1 && found.dimensions[0] === dimension;
  const own = cube.variables.find(({ name }) => name === dimension) ?? null;
  if (along(own)) return own;
  const named = namesIn(variable, 'coordinates').map((name) => variableNamed(cube, variable, name));
  return named.find(along) ?? null;
}

/** Whether coordinates lie on a surface of their own: longitudes and latitudes for each cell. */
function isCurved(cube: Cube, variable: CubeVariable): boolean {
  const named = namesIn(variable, 'coordinates').map((name) => variableNamed(cube, variable, name));
  const near = cube.variables.filter(({ dimensions }) => dimensions.length === 2);
  return [...named, ...near].some(
    (found) =>
      found !== null &&
      found !== variable &&
      found.dimensions.length >= 2 &&
      found.dimensions.every((dimension) => variable.dimensions.includes(dimension)) &&
      ['x', 'y'].includes(kindOf(found) ?? ''),
  );
}

/** The variable that holds the system of coordinates; where the attribute is missing, the only one of its kind in the file. */
function mappingOf(cube: Cube, variable: CubeVariable): CubeVariable | null {
  const named = attributeText(variable, 'grid_mapping');
  if (named !== null) {
    // `crs` or `crs: x y`
    const found = variableNamed(cube, variable, (named.split(/\s+/)[0] ?? '').replace(/:$/, ''));
    if (found !== null) return found;
  }
  const known = cube.variables.filter(({ attributes }) =>
    ['grid_mapping_name', 'crs_wkt', 'spatial_ref', 'GeoTransform'].some((name) => attributes.has(name)),
  );
  return known.length === 1 ? (known[0] as CubeVariable) : null;
}

function namesIn(variable: CubeVariable, attribute: string): string[] {
  return (attributeText(variable, attribute) ?? '').split(/\s+/).filter((name) => name !== '' && !name.endsWith(':'));
}

/** The variables that hold values on a grid, those that describe others left out, and why the rest of them are none. */
export function griddedVariables(cube: Cube): {
  grids: { variable: CubeVariable; axes: Axes }[];
  refused: Map<CubeVariable, NoGrid>;
} {
  const helpers = new Set<CubeVariable | null>();
  for (const variable of cube.variables) {
    for (const attribute of HELPERS)
      for (const name of namesIn(variable, attribute)) helpers.add(variableNamed(cube, variable, name));
    if (variable.dimensions.includes(variable.name)) helpers.add(variable);
  }
  const grids: { variable: CubeVariable; axes: Axes }[] = [];
  const refused = new Map<CubeVariable, NoGrid>();
  for (const variable of cube.variables) {
    if (helpers.has(variable)) continue;
    const axes = axesOf(cube, variable);
    if (typeof axes === 'string') refused.set(variable, axes);
    else grids.push({ variable, axes });
  }
  return { grids, refused };
}
