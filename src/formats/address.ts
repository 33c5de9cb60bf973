/**
 * Addresses of files on web servers. One that begins with `public+` is read only where every machine that it leads to is a
 * public one: who gave it then reaches nothing by us that they could not reach themselves. The prefix goes with the address to
 * every thread that reads it.
 *
 *     const response = await fetchAddress(publicOnly('https://example.org/ndvi.tif'), { signal });
 */

import type { AddressRequest } from './public-fetch.ts';

const PUBLIC = 'public+';

/** Whether a place is on a web server. */
export const isAddress = (place: string): boolean => /^(public\+)?https?:\/\//i.test(place);

/** The address as it may only lead to public machines. */
export function publicOnly(address: string): string {
  return address.startsWith(PUBLIC) ? address : `${PUBLIC}${address}`;
}

/** The address without its mark, as it is shown and asked for. */
export function plainAddress(address: string): string {
  return address.startsWith(PUBLIC) ? address.slice(PUBLIC.length) : address;
}

/** Asks an address. @throws Problem `address-private` where a marked one leads to a machine that is not public. */
export async function fetchAddress(address: string, { headers = {}, signal = null }: AddressRequest = {}): Promise<Response> {
  if (!address.startsWith(PUBLIC)) return fetch(address, { headers, signal });
  const { publicFetch } = await import('./public-fetch.ts');
  return publicFetch(plainAddress(address), { headers, signal });
}
