package com.faultmaven.artifact.api;

import com.faultmaven.common.model.artifact.DataType;
import com.faultmaven.common.model.artifact.ProcessingMode;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Parts of an upload, for the API's description; the parts themselves are streamed.
 *
 * @param file one or several files
 * @param dataType the type to take them for
 * @param processingMode the choice, made in advance
 */
@Schema(name = "Upload", requiredProperties = "file")
record UploadForm(
    @Schema(
            type = SchemaType.ARRAY,
            implementation = BinaryFile.class,
            description = "One or several files, at most 10,485,760 bytes each")
        List<BinaryFile> file,
    @Nullable DataType dataType,
    @Schema(defaultValue = "overview_cached") @Nullable ProcessingMode processingMode) {
  /** A file. */
  @Schema(type = SchemaType.STRING, format = "binary")
  interface BinaryFile {}
}
