using System.Text;

namespace Dataverse.Sync;

/// <summary>Writes filters as text.</summary>
/// <remarks>
/// Conditions on one field become one expression, and others groups, so that reading the text gives the same structure.
/// </remarks>
internal sealed class FilterWriter
{
    private readonly StringBuilder written = new();

    /// <exception cref="InvalidOperationException">
    /// Too many filters are within each other, or the text is too long.
    /// </exception>
    public static string Write(RecordFilter filter)
    {
        FilterDepth.Check(filter);
        var writer = new FilterWriter();
        if (filter is AllOf { Filters.Count: not 1 } all && ExpressionWriter.FieldOf(all) is null)
        {
            writer.WriteGroup("WHERE", all.Filters);
        }
        else
        {
            writer.WriteGroup("WHERE", [filter]);
        }

        return writer.written.Length <= FilterLimits.Length ? writer.written.ToString() : throw FilterDepth.TooLong();
    }

    private void WriteGroup(string word, IReadOnlyList<RecordFilter> filters)
    {
        _ = written.Append(word).Append('(');
        for (var index = 0; index < filters.Count; index++)
        {
            _ = index > 0 ? written.Append(',') : written;
            WriteItem(filters[index]);
        }

        _ = written.Append(')');
    }

    private void WriteItem(RecordFilter filter)
    {
        if (ExpressionWriter.FieldOf(filter) is { } field)
        {
            _ = FieldNames.Write(written, field).Append("=FILTER(");
            ExpressionWriter.Write(written, filter);
            _ = written.Append(')');
            return;
        }

        switch (filter)
        {
            case AllOf all:
                WriteGroup("ALL", all.Filters);
                break;
            case AnyOf any:
                WriteGroup("ANY", any.Filters);
                break;
            case Negation negation:
                WriteGroup("NOT", [negation.Filter]);
                break;
            case ReferenceTarget target:
                _ = FieldNames.Write(written, target.Field).Append("=TABLE(");
                _ = FieldNames.Write(written, target.Table).Append(')');
                break;
            default:
                throw new InvalidOperationException($"A filter of type {filter.GetType().Name} has no text.");
        }
    }
}
