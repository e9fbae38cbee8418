namespace Dataverse.Sync.Tests.Fixture;

/// <summary>A system that refuses to search for a text that its field cannot hold, as Business Central does.</summary>
internal sealed class StrictConnector(ITableConnector inner) : ForwardingConnector(inner)
{
    public override async Task<IReadOnlyList<TableRecord>> FindAsync(FieldQuery query, CancellationToken cancellationToken)
    {
        var longest = (await Inner.GetSchemaAsync(query.Table, cancellationToken))!.Find(query.Field)!.MaxLength;
        return query.Values?.Any(value => value.ToString().Length > longest) == true
            ? throw new ConnectorException(Name, ConnectorFailure.Refused, "The filter is not valid for the field.")
            : await Inner.FindAsync(query, cancellationToken);
    }
}
