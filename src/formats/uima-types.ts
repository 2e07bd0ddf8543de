import { badInput } from '../errors.js';
import { readXml } from './xml-elements.js';

/** What annotations of a kind have. */
interface UimaType {
  readonly supertype: string;
  /** The type of each feature that it has beside those of its supertype. */
  readonly features: Map<string, string>;
}

const NAMESPACE = 'http://uima.apache.org/resourceSpecifier';

/** The largest number of supertypes of a type; where types are their own supertypes, there is no end. */
const MOST_SUPERTYPES = 100;

/** The types that a type system describes. */
export class UimaTypes {
  readonly #types = new Map<string, UimaType>();

  /**
   * Reads the XML of a type system (https://uima.apache.org/d/uimaj-current/ref.html#ugr.ref.xml.component_descriptor.type_system).
   *
   * @param place what messages call it
   * @throws {UserError} if it is no type system
   */
  constructor(xml: string, place: string) {
    const open: string[] = [];
    let text = '';
    let type = { name: '', supertype: '', features: new Map<string, string>() };
    let feature = { name: '', range: '' };
    readXml(xml, place, {
      onOpen: ({ uri, name, depth }) => {
        if (depth === 0 && !(uri === NAMESPACE && name === 'typeSystemDescription'))
          throw badInput(`${place}: expected <typeSystemDescription xmlns="${NAMESPACE}">`);
        open.push(name);
        text = '';
        if (name === 'typeDescription') type = { name: '', supertype: '', features: new Map() };
        if (name === 'featureDescription') feature = { name: '', range: '' };
      },
      onText: (piece) => {
        text += piece;
      },
      onClose: () => {
        const name = open.pop();
        switch (`${open.at(-1)}/${name}`) {
          case 'typeDescription/name':
            type.name = text.trim();
            break;
          case 'typeDescription/supertypeName':
            type.supertype = text.trim();
            break;
          case 'featureDescription/name':
            feature.name = text.trim();
            break;
          case 'featureDescription/rangeTypeName':
            feature.range = text.trim();
            break;
          case 'features/featureDescription':
            type.features.set(feature.name, feature.range);
            break;
          case 'types/typeDescription':
            this.#add(type);
        }
        text = '';
      },
    });
  }

  has(type: string): boolean {
    return this.#types.has(type);
  }

  /** Whether a type is another, or has it among its supertypes. */
  isSubtype(type: string, other: string): boolean {
    return this.#withSupertypes(type).includes(other);
  }

  /** Returns a type with all that have it among their supertypes. */
  withSubtypes(type: string): ReadonlySet<string> {
    return new Set([type, ...[...this.#types.keys()].filter((name) => this.isSubtype(name, type))]);
  }

  /** Returns the type of a feature that a type has, itself or from its supertypes; undefined if it has no such feature. */
  rangeOf(type: string, feature: string): string | undefined {
    const owner = this.#withSupertypes(type).find((name) => this.#types.get(name)?.features.has(feature));
    return owner === undefined ? undefined : this.#types.get(owner)?.features.get(feature);
  }

  /** Adds a description, which may be a part of that of its type. */
  #add({ name, supertype, features }: UimaType & { readonly name: string }): void {
    const known = this.#types.get(name);
    if (known) for (const [feature, range] of features) known.features.set(feature, range);
    else this.#types.set(name, { supertype, features });
  }

  #withSupertypes(type: string): string[] {
    const names: string[] = [];
    for (let name: string | undefined = type; name !== undefined; name = this.#types.get(name)?.supertype) {
      if (names.length > MOST_SUPERTYPES) break;
      names.push(name);
    }
    return names;
  }
}
