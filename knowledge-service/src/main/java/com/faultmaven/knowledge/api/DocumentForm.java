package com.faultmaven.knowledge.api;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a request that brings documents as files, for the API's description.
 *
 * @param file one file or several, text in UTF-8
 * @param title title of the one file
 * @param documentType what kind they are
 * @param tags labels, comma-separated
 * @param category where they are filed
 */
@Schema(name = "DocumentForm")
record DocumentForm(
    @Schema(
            type = SchemaType.ARRAY,
            description = "Markdown or plain text in UTF-8, each at most 1 MiB",
            required = true)
        List<BinaryFile> file,
    @Nullable String title,
    @Schema(examples = "runbook") @Nullable String documentType,
    @Schema(examples = "kubernetes, node") @Nullable String tags,
    @Nullable String category) {
  /** One file. */
  @Schema(name = "TextFile", type = SchemaType.STRING, format = "binary")
  interface BinaryFile {}
}
