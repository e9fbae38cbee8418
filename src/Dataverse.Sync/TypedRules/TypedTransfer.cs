using System.Diagnostics.CodeAnalysis;
using Dataverse.Sync.Shapes;

namespace Dataverse.Sync;

/// <summary>The values that are about to be written, as an object that a rule may change.</summary>
/// <typeparam name="TSource">The class of the records from which the values come.</typeparam>
/// <typeparam name="TTarget">The class of the records that are written.</typeparam>
/// <remarks>
/// <para><see cref="Target"/> is the record as it will be: the existing values with the values to be written over them. After
/// the rule, each field whose value in the object is another one than before is written. A value that the rule does not change
/// is written or left alone as if there were no rule.</para>
/// <para>Not safe for concurrent use.</para>
/// </remarks>
public sealed class TypedTransfer<
    [DynamicallyAccessedMembers(RecordCreator.Members)] TSource,
    [DynamicallyAccessedMembers(RecordCreator.Members)] TTarget>
    where TSource : class
    where TTarget : class
{
    private readonly TypedShape<TTarget> shape;
    private FieldValue[]? before;
    private TTarget? target;

    internal TypedTransfer(
        TypedShape<TSource> sourceShape, TypedShape<TTarget> targetShape, FieldsTransferredArguments arguments)
    {
        shape = targetShape;
        Arguments = arguments;
        Source = arguments.Source is { } source ? new(sourceShape, source) : null;
        Existing = arguments.Existing is { } existing ? new(targetShape, existing) : null;
    }

    /// <summary>The values by name, to leave out a field (<see cref="FieldsTransferredArguments.Remove"/>) or to report one.</summary>
    /// <remarks>
    /// Set a field here only if it is not a member of the class: the members are transferred after the rule and take
    /// precedence.
    /// </remarks>
    public FieldsTransferredArguments Arguments { get; }

    /// <summary>Whether a record is created or changed.</summary>
    public WriteKind Kind => Arguments.Kind;

    /// <summary>The record on the other side, from which the values come.</summary>
    public TypedRecord<TSource>? Source { get; }

    /// <summary>The record to be changed as it is now, or null if one is created.</summary>
    public TypedRecord<TTarget>? Existing { get; }

    /// <summary>The record as it will be. Change the object, or set another one.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    /// <exception cref="SyncRuleException">A member cannot hold the value of its field.</exception>
    public TTarget Target
    {
        get
        {
            if (target is null)
            {
                target = ShapeReading.Read(shape, Planned());
                before = ValuesOf(target);
            }

            return target;
        }

        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _ = Target;
            target = value;
        }
    }

    /// <summary>Writes what the rule changed.</summary>
    internal void Apply()
    {
        if (target is null)
        {
            return;
        }

        var after = ValuesOf(target);
        for (var index = 0; index < after.Length; index++)
        {
            if (after[index] != before![index])
            {
                Arguments.Set(shape.Names[index], after[index]);
            }
        }
    }

    private FieldValue[] ValuesOf(TTarget item)
    {
        var values = new FieldValue[shape.Names.Count];
        try
        {
            shape.CopyTo(values, item);
        }
        catch (FormatException unfit)
        {
            throw new SyncRuleException(unfit.Message);
        }

        return values;
    }

    // A field that nothing is known about, such as one that the caller may not read, is a blank.
    private TableRecord Planned()
    {
        var values = new FieldValue[shape.Names.Count];
        for (var index = 0; index < values.Length; index++)
        {
            var name = shape.Names[index];
            values[index] = Arguments.Fields.ValueOf(name) ?? ExistingValueOf(name);
        }

        var id = Arguments.Existing?.Id ?? Guid.Empty;
        return new(shape.Layout, id, values);
    }

    private FieldValue ExistingValueOf(string field) =>
        Arguments.Existing is { } existing && existing.Layout.IndexOf(field) is >= 0 and var ordinal
            ? existing[ordinal]
            : FieldValue.Blank;
}
