using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Dataverse.Sync.Shapes;

namespace Dataverse.Sync;

/// <summary>Translates between the records of a table and the objects of a class.</summary>
/// <typeparam name="T">The class.</typeparam>
/// <remarks>
/// <para>Immutable and safe for concurrent use. Getters, setters, and the constructor are compiled when the shape is built;
/// nothing is looked up by reflection afterward.</para>
/// <para>A blank is null. Where a member cannot be null, a blank is the default of its type. A null, an empty text, the zero
/// GUID, and the default of a date or an instant are written as a blank. Numbers and <c>false</c> are values.</para>
/// </remarks>
public sealed class TypedShape<[DynamicallyAccessedMembers(RecordCreator.Members)] T> : ITypedShape
    where T : class
{
    private readonly TypedField<T>[] fields;
    private readonly Func<TableRecord, int[], T>? create;
    private readonly ConditionalWeakTable<RecordLayout, int[]> places = [];

    internal TypedShape(string? table, TypedField<T>[] fields, Func<TableRecord, int[], T>? create)
    {
        Table = table;
        this.fields = fields;
        this.create = create;
        Names = [.. fields.Select(field => field.Name)];
        Layout = new(table ?? typeof(T).Name, Names);
    }

    /// <summary>The table of the records, or null if the shape names none.</summary>
    public string? Table { get; }

    /// <summary>The members of the class that hold fields.</summary>
    public IReadOnlyList<TypedField> Fields => fields;

    /// <summary>The names of the fields, in the order of <see cref="Fields"/>.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The layout of records that have the fields of the shape and no others.</summary>
    public RecordLayout Layout { get; }

    /// <summary>Creates an object from a record.</summary>
    /// <param name="record">The record. It may have more fields than the shape.</param>
    /// <returns>A new object.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="record"/> is null.</exception>
    /// <exception cref="FormatException">
    /// The record lacks a field, or a member cannot hold its value. The message names both, but not the value.
    /// </exception>
    /// <exception cref="InvalidOperationException">The class has no constructor that the shape can call.</exception>
    public T Read(TableRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (create is null)
        {
            throw new InvalidOperationException(
                $"Class {typeof(T).Name} has neither a public constructor without parameters nor a single one whose "
                + "parameters have the names and types of its mapped members.");
        }

        var ordinals = PlacesIn(record.Layout);
        var item = create(record, ordinals);
        for (var index = 0; index < fields.Length; index++)
        {
            if (fields[index].Info is null)
            {
                fields[index].Set(item, record, ordinals[index]);
            }
        }

        return item;
    }

    /// <summary>Writes an object as the values of fields.</summary>
    /// <param name="item">The object.</param>
    /// <returns>All fields of the shape in their order, also those that are blank.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="item"/> is null.</exception>
    /// <exception cref="FormatException">
    /// A field cannot hold the value of a member, such as an infinite number. The message names both, but not the value.
    /// </exception>
    public IReadOnlyList<FieldWrite> Write(T item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Array.ConvertAll(fields, field => new FieldWrite(field.Name, field.Get(item)));
    }

    /// <summary>Checks whether a table has the fields of the shape, and whether the members can hold their values.</summary>
    /// <param name="schema">The table.</param>
    /// <returns>The problems, one sentence each without its end; empty if there is none.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="schema"/> is null.</exception>
    public IReadOnlyList<string> FindProblems(TableSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var found = new List<string>();
        foreach (var field in fields)
        {
            var problem = schema.Find(field.Name) is { } known
                ? field.FindProblem(known)
                : $"{field.Member} names field '{field.Name}', which table '{schema.Name}' does not have";
            if (problem is not null)
            {
                found.Add(problem);
            }
        }

        return found;
    }

    /// <summary>Copies the values of an object to an array in the order of the fields.</summary>
    internal void CopyTo(FieldValue[] values, T item)
    {
        for (var index = 0; index < fields.Length; index++)
        {
            values[index] = fields[index].Get(item);
        }
    }

    private int[] PlacesIn(RecordLayout layout)
    {
        if (!places.TryGetValue(layout, out var found))
        {
            found = [.. fields.Select(field => layout.IndexOf(field.Name))];
            places.AddOrUpdate(layout, found);
        }

        return found;
    }
}
