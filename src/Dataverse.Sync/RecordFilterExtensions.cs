using Dataverse.Sync.Execution;

namespace Dataverse.Sync;

/// <summary>Prepares filters for a table.</summary>
public static class RecordFilterExtensions
{
    /// <summary>
    /// Returns a filter as an engine passes it to a connector: with the fields as the table names them, and with the
    /// values of a filter text as the types of their fields.
    /// </summary>
    /// <remarks>
    /// A field is found by its name, first as it is written, then without regard to letter case, and then by
    /// <see cref="FieldSchema.OtherNames"/>. An option is found by its label in any language, its value, or its number.
    /// A date that is compared with an instant stands for the whole day in UTC. The filter itself is not changed.
    /// </remarks>
    /// <param name="filter">The filter.</param>
    /// <param name="schema">The table.</param>
    /// <returns>The typed filter.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="SyncConfigurationException">
    /// A field does not exist, or a value does not fit its field. The exception lists every problem, and where the text
    /// contains it.
    /// </exception>
    public static RecordFilter BindTo(this RecordFilter filter, TableSchema schema)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(schema);
        var bound = new FilterBinding(schema).Bind(filter);
        var unknown = bound.Fields.Where(field => schema.Find(field) is null)
            .Select(field => $"The filter names {schema.DescribeMissing(field, "table")}");
        List<string> problems =
            [.. unknown, .. FilterProblems.Of(filter, schema).Select(problem => $"The filter compares {problem}")];
        return problems.Count == 0 ? bound : throw new SyncConfigurationException(problems);
    }
}
