namespace Dataverse.Sync.Shapes;

/// <summary>A rule that sees records as objects.</summary>
internal interface IShapedRule
{
    /// <summary>The shape of the records of a side.</summary>
    ITypedShape ShapeOn(SyncSide side);
}
