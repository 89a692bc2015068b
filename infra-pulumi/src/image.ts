import { RunError } from '@pulumi/pulumi/errors';
import type { Architecture } from './instance-type';

/** The images that are chosen by name: whose newest build is looked up at each `pulumi up`. */
export const imageNames = ['ubuntu-26.04', 'debian-13'] as const;

const idPattern = /^ami-[0-9a-f]{8,17}$/;

/** Whether this is a name, or the id of an image. */
export function isImage(text: string): boolean {
  return imageNames.some((name) => name === text) || idPattern.test(text);
}

/**
 * Where AWS keeps the id of an image's newest build (an SSM public parameter); undefined for what
 * is an id already.
 */
export function imageParameter(image: string, architecture: Architecture): string | undefined {
  const processor = architecture === 'arm64' ? 'arm64' : 'amd64';
  if (image === 'debian-13') return `/aws/service/debian/release/13/latest/${processor}`;
  if (image === 'ubuntu-26.04') {
    return `/aws/service/canonical/ubuntu/server/26.04/stable/current/${processor}/hvm/ebs-gp3/ami-id`;
  }
  return undefined;
}

/**
 * Whether Systems Manager has its agent on an image, for a shell on an instance and for shipping
 * its journal. Debian's has none; of an id it is assumed, and where that is wrong both are missing.
 */
export function hasSystemsManager(image: string): boolean {
  return image !== 'debian-13';
}

/** @throws with one line when the image is not for the processor of the instance type. */
export function checkImage(
  image: { readonly id: string; readonly architecture: string },
  instanceType: string,
  architecture: Architecture,
): void {
  if (image.architecture !== architecture) {
    throw new RunError(
      `image: ${image.id} is for ${image.architecture}, ${instanceType} is ${architecture}; choose another image or instanceType`,
    );
  }
}
