/**
 * Groups of species as a reserve's register names them, from the class that a record or a list of taxa gives.
 *
 *     groupOfClass('Aves')            // 'birds'
 *     groupOfClass('Magnoliopsida')   // 'plants'
 *
 * Classes of plants end in -opsida, of algae in -phyceae, of fungi in -mycetes: International Code of Nomenclature for algae, fungi, and
 * plants (Madrid Code), recommendation 16A. Names of animal classes have no ending of their own and are listed; what is not is left open.
 */

/** In the order in which lists show them. */
export const GROUPS = [
  'mammals',
  'birds',
  'reptiles',
  'amphibians',
  'fishes',
  'invertebrates',
  'plants',
  'fungi',
  'lichens',
  'other-group',
] as const;

/** Animal classes as GBIF's backbone and older lists name them. */
const CLASSES: Partial<Record<(typeof GROUPS)[number], string>> = {
  mammals: 'mammalia',
  birds: 'aves',
  reptiles: 'reptilia sauropsida squamata testudines crocodylia',
  amphibians: 'amphibia',
  fishes:
    'actinopterygii actinopteri teleostei chondrostei cladistii holostei chondrichthyes elasmobranchii holocephali cephalaspidomorphi petromyzonti hyperoartia myxini sarcopterygii dipneusti osteichthyes pisces',
  invertebrates:
    'insecta arachnida malacostraca branchiopoda copepoda maxillopoda hexanauplia thecostraca ichthyostraca ostracoda crustacea diplopoda chilopoda symphyla pauropoda collembola entognatha diplura protura gastropoda bivalvia cephalopoda clitellata oligochaeta hirudinea polychaeta turbellaria trematoda cestoda monogenea chromadorea enoplea adenophorea secernentea eurotatoria monogononta bdelloidea phylactolaemata gymnolaemata hydrozoa anthozoa scyphozoa demospongiae',
  // most fungi of these classes live in lichens: Lücking, Hodkinson & Leavitt 2017, doi:10.1639/0007-2745-119.4.361
  lichens: 'lecanoromycetes arthoniomycetes lichinomycetes candelariomycetes coniocybomycetes',
};

const BY_CLASS = new Map(Object.entries(CLASSES).flatMap(([group, names]) => names.split(' ').map((name) => [name, group])));

/** The group that a class belongs to; `null` where it is not known. */
export function groupOfClass(name: string | null): string | null {
  const plain = name?.trim().toLowerCase() ?? '';
  if (plain === '') return null;
  const listed = BY_CLASS.get(plain);
  if (listed !== undefined) return listed;
  if (plain.endsWith('opsida') || plain.endsWith('phyceae')) return 'plants';
  return plain.endsWith('mycetes') ? 'fungi' : null;
}
