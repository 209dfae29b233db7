/** Small questions about text that several packages ask. */
@NullMarked
package dev.cyanotype.internal.text;

import org.jspecify.annotations.NullMarked;
