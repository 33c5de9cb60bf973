/**
 * Which columns of an SDMX-CSV are dimensions, measures and attributes: by the structure, else by name and place. Dimensions stand
 * before the measures in every file that offices write, though the format asks for no order.
 */
import type { SdmxRole, SdmxStructure } from './sdmx-structure.ts';

/** Attributes of the SDG data structure (IAEG-SDGs:SDG) and of SDMX's cross-domain concepts. */
const ATTRIBUTES = new Set(
  'OBS_STATUS UNIT_MULT UNIT_MEASURE UNIT NATURE COMMENT_OBS COMMENT_TS TIME_COVERAGE UPPER_BOUND LOWER_BOUND BASE_PER TIME_DETAIL SOURCE_DETAIL GEO_INFO_URL GEO_INFO_TYPE CUST_BREAKDOWN_LB DATA_LAST_UPDATE OBS_CONF CONF_STATUS PRE_BREAK_VALUE OBS_PRE_BREAK DECIMALS TITLE TIME_FORMAT COLLECTION OBS_COM UPDATED EMBARGO_TIME'.split(
    ' ',
  ),
);

export function roleOf(
  components: string[],
  columns: readonly { id: string; multiple: boolean; languages: boolean }[],
  structure: SdmxStructure | undefined,
): Map<string, SdmxRole> {
  if (structure !== undefined) return new Map(components.map((id) => [id, structure.roleOf(id) ?? byName(id) ?? 'attribute']));
  const several = new Set(columns.filter(({ multiple, languages }) => multiple || languages).map(({ id }) => id));
  const firstMeasure = components.findIndex((id) => byName(id) === 'measure');
  return new Map(
    components.map((id, i) => {
      const known = several.has(id) || id.includes('.') ? 'attribute' : byName(id);
      // what stands behind the measure is an attribute; where there is none, or it comes first, all else is a dimension
      return [id, known ?? (firstMeasure > 0 && i > firstMeasure ? 'attribute' : 'dimension')];
    }),
  );
}

function byName(id: string): SdmxRole | null {
  if (/^(OBS_VALUE|MEAS)\w*$/.test(id)) return 'measure';
  if (ATTRIBUTES.has(id) || /^ATTR/.test(id)) return 'attribute';
  return /^(DIM\w*|TIME_PERIOD|FREQ|REF_AREA|SERIES)$/.test(id) ? 'dimension' : null;
}
