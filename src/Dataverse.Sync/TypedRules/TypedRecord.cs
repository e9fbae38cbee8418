using System.Diagnostics.CodeAnalysis;
using Dataverse.Sync.Shapes;

namespace Dataverse.Sync;

/// <summary>A record as an object of a class, which is created when it is first used.</summary>
/// <typeparam name="T">The class.</typeparam>
/// <remarks>Not safe for concurrent use. Changes of the object have no effect on the record.</remarks>
public sealed class TypedRecord<[DynamicallyAccessedMembers(RecordCreator.Members)] T>
    where T : class
{
    private readonly TypedShape<T> shape;
    private T? value;

    internal TypedRecord(TypedShape<T> shape, TableRecord record)
    {
        this.shape = shape;
        Record = record;
    }

    /// <summary>The id of the record.</summary>
    public Guid Id => Record.Id;

    /// <summary>The record with the values of its fields.</summary>
    public TableRecord Record { get; }

    /// <summary>The record as an object.</summary>
    /// <exception cref="SyncRuleException">
    /// A member cannot hold the value of its field. If a rule lets the exception pass, the record fails with this reason.
    /// </exception>
    public T Value => value ??= ShapeReading.Read(shape, Record);
}
