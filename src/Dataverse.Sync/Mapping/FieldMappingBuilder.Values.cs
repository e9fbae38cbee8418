namespace Dataverse.Sync;

/// <content>How the values of a field are transformed and translated.</content>
public sealed partial class FieldMappingBuilder
{
    /// <summary>Sets the rules that transform the values of the field in a direction.</summary>
    /// <remarks>
    /// They replace those that the direction has. Without rules, the values of the direction are not transformed.
    /// </remarks>
    /// <param name="direction">
    /// The direction in which the values travel. The same rules serve both directions if it is
    /// <see cref="SyncDirection.Bidirectional"/>.
    /// </param>
    /// <param name="rules">The rules; each receives the result of the one before.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="rules"/> is null or contains null.</exception>
    /// <exception cref="ArgumentException">
    /// The direction is not defined, or the field mapping is a constant or a lookup, whose values are not transformed.
    /// </exception>
    public FieldMappingBuilder Transform(SyncDirection direction, params IEnumerable<ITransformationRule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ITransformationRule[] chain = [.. rules];
        if (Array.Exists(chain, rule => rule is null))
        {
            throw new ArgumentNullException(nameof(rules), "A transformation rule is null.");
        }

        if (chain.Length > 0 && (IsConstant || Field.Lookup is not null))
        {
            throw Refusal("a constant or a lookup cannot have transformation rules");
        }

        return direction switch
        {
            SyncDirection.ToIntegrationTable => Change(Field with { TransformationsToIntegration = chain }),
            SyncDirection.FromIntegrationTable => Change(Field with { TransformationsToLocal = chain }),
            SyncDirection.Bidirectional =>
                Change(Field with { TransformationsToIntegration = chain, TransformationsToLocal = chain }),
            _ => throw new ArgumentException($"The direction {direction} is not defined.", nameof(direction)),
        };
    }

    /// <summary>Sets the rules that transform local values on their way to the integration side.</summary>
    /// <param name="rules">The rules; each receives the result of the one before.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="rules"/> is null or contains null.</exception>
    /// <exception cref="ArgumentException">The field mapping is a constant or a lookup.</exception>
    public FieldMappingBuilder TransformToIntegration(params IEnumerable<ITransformationRule> rules) =>
        Transform(SyncDirection.ToIntegrationTable, rules);

    /// <summary>Sets the rules that transform integration values on their way to the local side.</summary>
    /// <param name="rules">The rules; each receives the result of the one before.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="rules"/> is null or contains null.</exception>
    /// <exception cref="ArgumentException">The field mapping is a constant or a lookup.</exception>
    public FieldMappingBuilder TransformFromIntegration(params IEnumerable<ITransformationRule> rules) =>
        Transform(SyncDirection.FromIntegrationTable, rules);

    /// <summary>Converts the values of the field by a table of pairs.</summary>
    /// <param name="table">The table.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="table"/> is null.</exception>
    /// <exception cref="ArgumentException">The field mapping is a constant or a lookup.</exception>
    public FieldMappingBuilder MapValues(ValueTable table) => Convert(table);

    /// <summary>Translates the options of the field, instead of converting its values.</summary>
    /// <param name="options">How options are found, or null for those with the same label or number.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The field mapping is a constant or a lookup.</exception>
    public FieldMappingBuilder MapOptions(OptionMapping? options = null) => IsConstant || Field.Lookup is not null
        ? throw Refusal("a constant or a lookup cannot have options")
        : Change(Field with { Options = options ?? new(), Converter = null, TableLookup = null });

    /// <summary>Translates the values of the field through a table that contains both.</summary>
    /// <param name="lookup">The table.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="lookup"/> is null.</exception>
    /// <exception cref="ArgumentException">The field mapping is a constant or a lookup.</exception>
    public FieldMappingBuilder LookUpIn(TableLookup lookup)
    {
        ArgumentNullException.ThrowIfNull(lookup);
        return IsConstant || Field.Lookup is not null
            ? throw Refusal("a constant or a lookup through a mapping cannot be looked up in a table")
            : Change(Field with { TableLookup = lookup, Converter = null, Options = null });
    }

    /// <summary>
    /// Leaves the field mapping out, without an error, if a field or a table that it names does not exist.
    /// </summary>
    /// <param name="isOptional">Whether it is left out.</param>
    /// <returns>This builder.</returns>
    public FieldMappingBuilder Optional(bool isOptional = true) => Change(Field with { IsOptional = isOptional });
}
