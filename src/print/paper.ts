/** The paper and the type of our documents: A4 (ISO 216), upright and on its side. */

/** Size of the sheet [mm]. */
export const SHEET = { width: 210, height: 297 };
/** Its margins, and how far header and footer stand from its edges [mm]. */
export const MARGIN = { top: 22, bottom: 20, left: 25, right: 18, header: 11, footer: 10 };

/** Room for text on an upright page and on one that lies on its side [mm]. */
export const ROOM = {
  upright: { width: SHEET.width - MARGIN.left - MARGIN.right, height: SHEET.height - MARGIN.top - MARGIN.bottom },
  lying: { width: SHEET.height - MARGIN.left - MARGIN.right, height: SHEET.width - MARGIN.top - MARGIN.bottom },
};

/** Type in tables [half points]. */
export const TABLE_TYPE = 18;

/** Millimetres in twentieths of a point. */
export function twips(mm: number): number {
  return Math.round(mm * (1440 / 25.4));
}
